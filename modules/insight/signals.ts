import { fail } from '@kaibo/contract/core/fail'
import type { SignalKind } from '@kaibo/contract/show/insight'
import type { Database, Db } from '@kaibo/db/database'
import { createGroup } from '@kaibo/db/group'
import type { Clock } from '@kaibo/kernel/clock'
import { type Id, isSynthetic } from '@kaibo/kernel/ids'
import type { Live } from '@kaibo/modules/live'
import { createKept } from './kept.ts'
import * as store from './store.ts'

export type SignalsNeeds = {
  readonly database: Database
  readonly clock: Clock
  readonly live: Pick<Live, 'facts'>
  /** Products in the bag of a room. */
  bagOf(db: Db, liveId: Id): Promise<readonly Id[]>
  note(visit: { liveId: Id; personId: Id; isActive: boolean }): void
}

/** Bags are looked at so often, by each process. */
const keptBags = { keepMs: 2_000, entriesMax: 2_000 }
/** Batches in one statement, and batches that wait in one process. */
const groupMax = 200
const waitingMax = 5_000

/** Takes what people did with products of a bag. */
export function createSignals(needs: SignalsNeeds) {
  const { database, live, bagOf } = needs
  const keptBag = createKept<ReadonlySet<Id> | null>({ clock: needs.clock, ...keptBags })
  /** What can be counted in a room; null for one that does not exist. */
  const bagOfRoom = (liveId: Id) =>
    keptBag(liveId, async () => {
      const room = await live.facts(database.db, liveId)
      if (!room) return null
      return new Set(room.state === 'ended' ? [] : await bagOf(database.db, liveId))
    })
  const group = createGroup<readonly store.Signal[], void>({
    async flush(batches) {
      await database.tx(tx => store.insertSignals(tx, batches.flat()))
      return batches.map(() => undefined)
    },
    sizeMax: groupMax,
    queueMax: waitingMax,
    full: () => fail('server.busy'),
  })
  return {
    /** Throws `live.not_found` or `server.busy`. */
    async take(
      personId: Id,
      sent: { liveId: Id; items: readonly { kind: SignalKind; productId: Id }[] },
    ): Promise<void> {
      const { liveId } = sent
      const bag = await bagOfRoom(liveId)
      if (!bag) throw fail('live.not_found')
      const shown = sent.items.filter(({ productId }) => bag.has(productId))
      if (shown.length === 0 || isSynthetic(personId)) return
      await group.ask(shown.map(signal => ({ ...signal, liveId, personId })))
      needs.note({ liveId, personId, isActive: true })
    },
  }
}
