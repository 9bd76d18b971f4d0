import type { Database } from '@kaibo/db/database'
import { type Log, reasonOf } from '@kaibo/db/log'
import { type Id, isSynthetic } from '@kaibo/kernel/ids'
import type { Live } from '@kaibo/modules/live'
import * as store from './store.ts'

export type VisitsNeeds = {
  readonly database: Database
  readonly log: Log
  readonly live: Pick<Live, 'audiences'>
}

/** Who came is written so late, many together. */
const writeEveryMs = 1_000
/** Visits that wait, and visits that are known to be written; beyond, they are written once more. */
const waitingMax = 50_000
const knownMax = 200_000

const keyOf = ({ liveId, personId }: Omit<store.Visit, 'isActive'>) => `${liveId} ${personId}`

/** Gathers who came to which room and who did something there. */
export function createVisits({ database, log, live }: VisitsNeeds) {
  let waiting = new Map<string, store.Visit>()
  const known = new Map<string, boolean>()

  const write = async () => {
    const visits = [...waiting.values()]
    waiting = new Map()
    const ids = [...new Set(visits.map(each => each.liveId))]
    const rooms = await live.audiences(database.db, { ids })
    const open = new Set(rooms.flatMap(({ id, state }) => (state === 'ended' ? [] : [id])))
    const counted = visits.filter(each => open.has(each.liveId))
    if (counted.length > 0) await database.tx(tx => store.noteVisits(tx, counted))
    if (known.size + counted.length > knownMax) known.clear()
    for (const visit of counted) known.set(keyOf(visit), visit.isActive)
  }
  const lost = (error: unknown) =>
    log.warn({ reason: reasonOf(error) }, 'visits could not be written')
  return {
    /** Somebody real came, or did something; never awaited. A visit that cannot be written is lost. */
    note(visit: { liveId: Id; personId: Id; isActive: boolean }): void {
      if (isSynthetic(visit.personId)) return
      const key = keyOf(visit)
      const isActive = visit.isActive || waiting.get(key)?.isActive === true
      if (known.get(key) === true || (known.has(key) && !isActive)) return
      if (waiting.size >= waitingMax && !waiting.has(key)) return
      if (waiting.size === 0) setTimeout(() => write().catch(lost), writeEveryMs).unref()
      waiting.set(key, { ...visit, isActive })
    },
  }
}
