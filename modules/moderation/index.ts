import type { Handlers } from '@kaibo/contract/core/handlers'
import type { moderationApi } from '@kaibo/contract/show/moderation'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { createDoor, type Guest, muteOf, requireEntry, requireVoice } from './door.ts'
import { createHandlers } from './routes.ts'
import type { ModerationNeeds } from './sanction.ts'

export type { Guest, ModerationNeeds }

export type Moderation = {
  readonly handlers: Handlers<typeof moderationApi>
  /**
   * Whether a person may write here; sanctions against them wait until the transaction ends. Throws
   * `room.banned`, `room.kicked`, `chat.muted`.
   */
  requireVoice(tx: Tx, guest: Guest): Promise<void>
  /** Whether a person may be here. Throws `room.banned`, `room.kicked`. */
  requireEntry(db: Db, guest: Guest): Promise<void>
  /** Whether a room is open to a person; cheap for many at once. */
  mayEnter(entry: { liveId: Id; userId: Id }): Promise<boolean>
  /** Until when a person is muted in a shop; null when they are not. */
  muteOf(db: Db, person: { shopId: Id; userId: Id }): Promise<{ until: Date | null } | null>
}

/** Order in the rooms of a shop 房管: who helps, who may not write, who may not come. */
export const createModeration = (needs: ModerationNeeds): Moderation => ({
  handlers: createHandlers(needs),
  requireVoice,
  requireEntry,
  mayEnter: createDoor(needs).mayEnter,
  muteOf,
})
