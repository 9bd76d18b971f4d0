import type { Person } from '@kaibo/contract/account'
import { type LiveCard, type LiveRoom, type LiveSession, liveStates } from '@kaibo/contract/live'
import { liveCategories } from '@kaibo/contract/live-life'
import { must } from '@kaibo/kernel/invariant'
import type { LiveFacts, LiveNeeds } from './index.ts'
import type { SessionRow } from './store.ts'

const stateOf = (row: SessionRow) =>
  must(
    liveStates.find(state => state === row.state),
    'a known state',
  )
const categoryOf = (row: SessionRow) =>
  liveCategories.find(category => category === row.category) ?? 'other'
const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export const factsOf = (row: SessionRow): LiveFacts => ({
  id: row.id,
  shopId: row.shop_id,
  hostId: row.host_id,
  state: stateOf(row),
  startedAt: row.started_at,
})

const coverUrl = (needs: LiveNeeds, row: SessionRow) =>
  row.cover_file_id ? needs.files.urlOf(row.cover_file_id) : null

/** Hosts and shops of several sessions, two queries for all of them. */
async function companyOf(needs: LiveNeeds, rows: readonly SessionRow[]) {
  const { db } = needs.database
  const [people, shops] = await Promise.all([
    needs.account.peopleByIds(
      db,
      rows.map(row => row.host_id),
    ),
    needs.shop.shopsByIds(
      db,
      rows.map(row => row.shop_id),
    ),
  ])
  return {
    hostOf: (row: SessionRow): Person =>
      people.get(row.host_id) ?? { id: row.host_id, nickname: '', avatarUrl: null },
    shopOf: (row: SessionRow) => {
      const shop = shops.get(row.shop_id)
      return { id: row.shop_id, name: shop?.name ?? '', logoUrl: shop?.logoUrl ?? null }
    },
  }
}

export async function cardsOf(needs: LiveNeeds, rows: readonly SessionRow[]): Promise<LiveCard[]> {
  const { hostOf, shopOf } = await companyOf(needs, rows)
  return rows.map(row => ({
    id: row.id,
    title: row.title,
    coverUrl: coverUrl(needs, row),
    category: categoryOf(row),
    state: stateOf(row),
    host: hostOf(row),
    shopName: shopOf(row).name,
    onlineCount: row.online_count,
    startedAt: iso(row.started_at),
  }))
}

export async function roomOf(needs: LiveNeeds, row: SessionRow, host: string): Promise<LiveRoom> {
  const { hostOf, shopOf } = await companyOf(needs, [row])
  const hasPicture = row.state === 'live' || row.state === 'away'
  return {
    id: row.id,
    title: row.title,
    coverUrl: coverUrl(needs, row),
    category: categoryOf(row),
    state: stateOf(row),
    host: hostOf(row),
    shop: shopOf(row),
    play: hasPicture ? needs.provider.playUrls(row.id, host) : null,
    onlineCount: row.online_count,
    heartCount: row.heart_count,
    startedAt: iso(row.started_at),
    endedAt: iso(row.ended_at),
    now: needs.clock.now().toISOString(),
  }
}

export const sessionOf = (needs: LiveNeeds, row: SessionRow, host: string): LiveSession => ({
  id: row.id,
  title: row.title,
  coverUrl: coverUrl(needs, row),
  category: categoryOf(row),
  state: stateOf(row),
  createdAt: row.created_at.toISOString(),
  startedAt: iso(row.started_at),
  endedAt: iso(row.ended_at),
  rtmpUrl: needs.provider.rtmpUrl(host),
})
