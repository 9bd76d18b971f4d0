import type { OrderSource } from '@kaibo/contract/order'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { shopIdsOf } from './store.ts'

/** Whose goods a source sells; null = of any shop. */
export type SourceFacts = { shopId: Id | null }

/**
 * What is known of the sources that orders name; null for one that does not exist. Rooms are looked
 * up, all at once; links and videos are taken as they are said until there are modules that know them.
 */
export async function sourcesOf(
  db: Db,
  sources: readonly OrderSource[],
): Promise<(SourceFacts | null)[]> {
  const ids = sources.flatMap(({ kind, id }) => (kind === 'live' && id ? [id] : []))
  const shopIds = await shopIdsOf(db, [...new Set(ids)])
  return sources.map(({ kind, id }) => {
    if (kind !== 'live') return { shopId: null }
    const shopId = shopIds.get(id ?? '')
    return shopId === undefined ? null : { shopId }
  })
}
