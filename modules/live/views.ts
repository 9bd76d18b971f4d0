import type { LiveCard, LiveRoom, LiveSession } from '@kaibo/contract/show/live'
import { reopenSec } from '@kaibo/contract/show/live-life'
import type { Db } from '@kaibo/db/database'
import { secondMs } from '@kaibo/kernel/clock'
import type { LiveNeeds } from './needs.ts'
import type { SessionRow } from './store.ts'

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** What cards are made of, read through `db`: also inside a transaction. */
export type CardNeeds = Pick<LiveNeeds, 'files' | 'account' | 'shop'> & { db: Db }

const coverUrl = ({ files }: Pick<LiveNeeds, 'files'>, { coverFileId }: SessionRow) =>
  coverFileId ? files.urlOf(coverFileId) : null

/** Rooms in the feed: two queries for all of them. */
export async function cardsOf(
  needs: CardNeeds,
  sessions: readonly SessionRow[],
): Promise<LiveCard[]> {
  const { hostOf, shopOf } = await companyOf(needs, sessions)
  return sessions.map(session => ({
    id: session.id,
    title: session.title,
    coverUrl: coverUrl(needs, session),
    category: session.category,
    state: session.state,
    host: hostOf(session),
    shopName: shopOf(session).name,
    onlineCount: session.onlineCount,
    startedAt: iso(session.startedAt),
  }))
}

export async function roomOf(
  needs: LiveNeeds,
  session: SessionRow,
  host: string,
): Promise<LiveRoom> {
  const { hostOf, shopOf } = await companyOf({ ...needs, db: needs.database.db }, [session])
  const { id, state } = session
  const hasPicture = state === 'live' || state === 'away'
  return {
    id,
    title: session.title,
    coverUrl: coverUrl(needs, session),
    category: session.category,
    state,
    host: hostOf(session),
    shop: shopOf(session),
    play: hasPicture ? needs.provider.play(id, { host, latency: session.latency }) : null,
    onlineCount: session.onlineCount,
    heartCount: session.heartCount,
    startedAt: iso(session.startedAt),
    endedAt: iso(session.endedAt),
    stopReason: session.stopReason,
    now: needs.clock.now().toISOString(),
  }
}

/** Until when a session can be reopened: the rule of `store.move`, told to who may ask for it. */
function reopenUntilOf(now: Date, { startedAt, endedAt, stopReason }: SessionRow): string | null {
  if (!startedAt || !endedAt || stopReason) return null
  const until = new Date(endedAt.getTime() + reopenSec * secondMs)
  return until > now ? until.toISOString() : null
}

export const sessionOf = (needs: LiveNeeds, session: SessionRow, host: string): LiveSession => ({
  id: session.id,
  title: session.title,
  coverUrl: coverUrl(needs, session),
  category: session.category,
  state: session.state,
  createdAt: session.createdAt.toISOString(),
  startedAt: iso(session.startedAt),
  endedAt: iso(session.endedAt),
  stopReason: session.stopReason,
  reopenUntil: reopenUntilOf(needs.clock.now(), session),
  latency: session.latency,
  ladder: session.ladder,
  rtmpUrl: needs.provider.rtmpUrl(host),
})

/** Hosts and shops of sessions; somebody who is gone has no name. */
async function companyOf(
  { db, account, shop }: Omit<CardNeeds, 'files'>,
  sessions: readonly SessionRow[],
) {
  const idsOf = (key: 'hostId' | 'shopId') => [...new Set(sessions.map(session => session[key]))]
  const [people, shops] = await Promise.all([
    account.peopleByIds(db, idsOf('hostId')),
    shop.shopsByIds(db, idsOf('shopId')),
  ])
  return {
    hostOf: ({ hostId: id }: SessionRow) => people.get(id) ?? { id, nickname: '', avatarUrl: null },
    shopOf: ({ shopId: id }: SessionRow) => {
      const known = shops.get(id)
      return { id, name: known?.name ?? '', logoUrl: known?.logoUrl ?? null }
    },
  }
}
