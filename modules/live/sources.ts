import type { OrderSource } from '@kaibo/contract/order'
import type { Db } from '@kaibo/db/database'
import { statesByIds } from './store.ts'

/**
 * Whether the sources that orders name exist. Rooms are looked up, all at once; links and videos are
 * taken as they are said until there are modules that know them.
 */
export async function sourcesKnown(db: Db, sources: readonly OrderSource[]): Promise<boolean[]> {
  const ids = sources.flatMap(({ kind, id }) => (kind === 'live' && id ? [id] : []))
  const known = await statesByIds(db, [...new Set(ids)])
  return sources.map(({ kind, id }) => kind !== 'live' || (id !== null && known.has(id)))
}
