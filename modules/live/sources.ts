import type { OrderSource } from '@kaibo/contract/trade/order'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { LiveNeeds } from './needs.ts'
import { shopIdsOf } from './store.ts'

/** Whose goods a source sells; null = of any shop. */
export type SourceFacts = { shopId: Id | null }

/**
 * What is known of the sources that orders name; null for one that does not exist. Rooms, links and
 * replays (videos, by the id of their session) are looked up, all at once.
 */
export async function sourcesOf(
  { shopIdsOfLinks, shopIdsOfVideos }: Pick<LiveNeeds, 'shopIdsOfLinks' | 'shopIdsOfVideos'>,
  db: Db,
  sources: readonly OrderSource[],
): Promise<(SourceFacts | null)[]> {
  const idsOf = (wanted: OrderSource['kind']) => [
    ...new Set(sources.flatMap(({ kind, id }) => (kind === wanted && id ? [id] : []))),
  ]
  const lookUp = (ids: Id[], shopIdsOfThese: (db: Db, ids: Id[]) => Promise<Map<Id, Id>>) =>
    ids.length > 0 ? shopIdsOfThese(db, ids) : new Map<Id, Id>()
  const [live, link, video] = await Promise.all([
    lookUp(idsOf('live'), shopIdsOf),
    lookUp(idsOf('link'), shopIdsOfLinks),
    lookUp(idsOf('video'), shopIdsOfVideos),
  ])
  const known = { live, link, video }
  return sources.map(({ kind, id }) => {
    if (kind === 'shop') return { shopId: null }
    const shopId = known[kind].get(id ?? '')
    return shopId === undefined ? null : { shopId }
  })
}
