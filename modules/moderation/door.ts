import { fail } from '@kaibo/contract/core/fail'
import type { Db, Tx } from '@kaibo/db/database'
import { createGroup } from '@kaibo/db/group'
import type { Id } from '@kaibo/kernel/ids'
import { codeOf } from './rules.ts'
import type { ModerationNeeds } from './sanction.ts'
import * as store from './store.ts'

/** A person at a room of a shop. */
export type Guest = { shopId: Id; liveId: Id; userId: Id }

/**
 * Whether a person may write here. Locks out those who judge them until the transaction ends, so
 * that nothing is written after a sanction was answered. Throws `room.banned`, `room.kicked`,
 * `chat.muted`.
 */
export async function requireVoice(tx: Tx, guest: Guest): Promise<void> {
  await store.lockPerson(tx, guest)
  refuse(guest, await store.activeOf(tx, guest), ['ban', 'kick', 'mute'])
}

/** Whether a person may be here. Throws `room.banned`, `room.kicked`. */
export async function requireEntry(db: Db, guest: Guest): Promise<void> {
  refuse(guest, await store.activeOf(db, guest), ['ban', 'kick'])
}

function refuse(
  { liveId }: Guest,
  active: readonly store.SanctionRow[],
  kinds: readonly store.SanctionRow['kind'][],
): void {
  for (const kind of kinds) {
    const found = active.find(
      each => each.kind === kind && (kind !== 'kick' || each.liveId === liveId),
    )
    if (found) throw fail(codeOf[kind], { until: found.endsAt?.toISOString() ?? null })
  }
}

/** Until when a person is muted in a shop; null when they are not. */
export async function muteOf(db: Db, guest: store.Person): Promise<{ until: Date | null } | null> {
  const mute = (await store.activeOf(db, guest)).find(({ kind }) => kind === 'mute')
  return mute ? { until: mute.endsAt } : null
}

type Entry = { liveId: Id; userId: Id }

const entriesMax = 500
const queueMax = 20_000

/** Opens rooms to sockets: whoever comes while the list is being read is looked up together. */
export function createDoor({ database: { db }, live }: ModerationNeeds) {
  const judge = async (entries: readonly Entry[]): Promise<boolean[]> => {
    const [shopIds, closed] = await Promise.all([
      live.shopIdsOf(db, [...new Set(entries.map(({ liveId }) => liveId))]),
      store.closedTo(db, [...new Set(entries.map(({ userId }) => userId))]),
    ])
    const isClosed = (entry: Entry) =>
      closed.some(
        ({ kind, userId, liveId, shopId }) =>
          userId === entry.userId &&
          (kind === 'ban' ? shopId === shopIds.get(entry.liveId) : liveId === entry.liveId),
      )
    return entries.map(entry => !isClosed(entry))
  }
  const group = createGroup<Entry, boolean>({
    flush: judge,
    sizeMax: entriesMax,
    queueMax,
    full: () => fail('server.busy'),
  })
  return { mayEnter: (entry: Entry) => group.ask(entry) }
}
