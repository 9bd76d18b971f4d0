import type { SocialMessage } from '@kaibo/contract/show/realtime'
import type { Database, Db } from '@kaibo/db/database'
import type { Clock } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import type { Account } from '@kaibo/modules/account'
import type { Live } from '@kaibo/modules/live'
import type { Moderation } from '@kaibo/modules/moderation'
import type { WordLists } from '@kaibo/modules/wordlist'

export type ChatNeeds = {
  readonly database: Database
  readonly clock: Clock
  readonly live: Pick<Live, 'facts'>
  readonly account: Pick<Account, 'peopleByIds'>
  readonly moderation: Pick<Moderation, 'requireVoice' | 'muteOf'>
  readonly wordlist: Pick<WordLists, 'check'>
  /** Whether somebody follows a shop, for rooms that only followers may write in. */
  readonly isFollower: (db: Db, follow: { shopId: Id; userId: Id }) => Promise<boolean>
  /** Whether this person may write again already; asking counts. */
  readonly mayWrite: (userId: Id) => boolean
  /** Shows something to a room, and surely to its author; lossy, never awaited. */
  readonly say: (said: Said) => void
  /** Tells those who keep order in a shop's rooms how long their queues are; the newest counts. */
  readonly tellDesk: (told: { shopId: Id } & Extract<SocialMessage, { t: 'desk.queues' }>) => void
}

export type Said = {
  liveId: Id
  authorId: Id
  message: Extract<SocialMessage, { t: 'chat.comment' | 'chat.answered' }>
}
