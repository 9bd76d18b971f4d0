import type { OrderSource } from '@kaibo/contract/trade/order'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { LiveNeeds } from './needs.ts'
import { shopIdsOf } from './store.ts'

/** Whose goods a source sells; null = of any shop. */
export type SourceFacts = { shopId: Id | null }

/**
 * What is known of the sources that orders name; null for one that does not exist. Rooms and links are
 * looked up, all at once; videos are taken as they are said until there is a module that knows them.
 */
export async function sourcesOf(
  { shopIdsOfLinks }: Pick<LiveNeeds, 'shopIdsOfLinks'>,
  db: Db,
  sources: readonly OrderSource[],
): Promise<(SourceFacts | null)[]> {
  const idsOf = (wanted: OrderSource['kind']) => [
    ...new Set(sources.flatMap(({ kind, id }) => (kind === wanted && id ? [id] : []))),
  ]
  const linkIds = idsOf('link')
  const [rooms, links] = await Promise.all([
    shopIdsOf(db, idsOf('live')),
    linkIds.length > 0 ? shopIdsOfLinks(db, linkIds) : new Map<Id, Id>(),
  ])
  return sources.map(({ kind, id }) => {
    if (kind !== 'live' && kind !== 'link') return { shopId: null }
    const shopId = (kind === 'live' ? rooms : links).get(id ?? '')
    return shopId === undefined ? null : { shopId }
  })
}
