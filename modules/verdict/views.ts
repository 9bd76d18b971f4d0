import type { Ban, Verdict } from '@kaibo/contract/media/verdict'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { VerdictNeeds } from './needs.ts'
import * as bans from './store/ban.ts'
import type { VerdictRow } from './store/verdict.ts'

type ViewNeeds = Pick<VerdictNeeds, 'account' | 'shop' | 'live'>

/** People by their ids; somebody who is gone has no name. */
async function personsOf({ account }: ViewNeeds, db: Db, ids: readonly (Id | null)[]) {
  const known = await account.peopleByIds(db, [...new Set(ids.flatMap(id => id ?? []))])
  return (id: Id) => known.get(id) ?? { id, nickname: '', avatarUrl: null }
}

export async function banViews(
  needs: ViewNeeds,
  db: Db,
  rows: readonly bans.BanRow[],
): Promise<Ban[]> {
  const idsOf = (subject: Ban['subject']) =>
    rows.filter(row => row.subject === subject).map(row => row.subjectId)
  const people = [...idsOf('host'), ...rows.map(row => row.liftedBy)]
  const [shops, personOf] = await Promise.all([
    needs.shop.shopsByIds(db, [...new Set(idsOf('shop'))]),
    personsOf(needs, db, people),
  ])
  const nameOf = ({ subject, subjectId }: bans.BanRow) =>
    subject === 'shop' ? (shops.get(subjectId)?.name ?? '') : personOf(subjectId).nickname
  return rows.map(row => {
    const { id, subject, subjectId, reason, isActive, liftedBy } = row
    return {
      ...{ id, subject, subjectId, reason, isActive },
      subjectName: nameOf(row),
      at: row.at.toISOString(),
      until: row.until?.toISOString() ?? null,
      liftedBy: liftedBy === null ? null : personOf(liftedBy),
    }
  })
}

export async function verdictViews(
  needs: ViewNeeds,
  db: Db,
  rows: readonly VerdictRow[],
): Promise<Verdict[]> {
  const banRows = await bans.ofVerdicts(
    db,
    rows.map(row => row.id),
  )
  const [cards, shops, personOf, banned] = await Promise.all([
    needs.live.cardsByIds(db, [...new Set(rows.map(row => row.liveId))]),
    needs.shop.shopsByIds(db, [...new Set(rows.map(row => row.shopId))]),
    personsOf(
      needs,
      db,
      rows.map(row => row.byId),
    ),
    banViews(needs, db, banRows),
  ])
  const bansOf = (verdictId: Id) =>
    banned.filter((_, place) => banRows[place]?.verdictId === verdictId)
  return rows.flatMap(row => {
    const { id, kind, shopId, reason, note, frameCount } = row
    const live = cards.get(row.liveId)
    if (!live) return []
    return {
      ...{ id, kind, shopId, reason, note, frameCount, live },
      shopName: shops.get(shopId)?.name ?? '',
      by: row.byId === null ? null : personOf(row.byId),
      at: row.at.toISOString(),
      seenAt: row.seenAt?.toISOString() ?? null,
      bans: bansOf(id),
    }
  })
}
