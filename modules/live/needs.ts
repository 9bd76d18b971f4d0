import type { PatrolReason } from '@kaibo/contract/media/patrol-life'
import type { LiveState, Recap } from '@kaibo/contract/show/live'
import type { Database, Db } from '@kaibo/db/database'
import type { Clock } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import type { Account } from '@kaibo/modules/account'
import type { Files } from '@kaibo/modules/files'
import type { Shops } from '@kaibo/modules/shop'
import type { LiveProvider } from './provider.ts'

export type LiveNeeds = {
  readonly database: Database
  readonly clock: Clock
  readonly files: Pick<Files, 'requireFiles' | 'urlOf'>
  readonly account: Pick<Account, 'peopleByIds'>
  readonly shop: Pick<Shops, 'shopsByIds'>
  readonly provider: LiveProvider
  /** The shops that shared links lead to; unknown ones are missing. */
  shopIdsOfLinks(db: Db, linkIds: readonly Id[]): Promise<Map<Id, Id>>
  /** The shops of the replays among these that may be watched; others are missing. */
  shopIdsOfVideos(db: Db, liveIds: readonly Id[]): Promise<Map<Id, Id>>
  readonly recapSources: () => readonly RecapSource[]
  /** A slot: throws when this person may not be in this room. */
  readonly requireEntry?: (db: Db, guest: { shopId: Id; liveId: Id; userId: Id }) => Promise<void>
  /** A slot: the ban that keeps this shop or host from going live; null when there is none. */
  readonly banOf?: (db: Db, stage: Stage) => Promise<{ until: Date | null } | null>
  /** Signs room tokens. */
  readonly roomSecret: Buffer
  /** Signs publish tickets. */
  readonly publishSecret: Buffer
  /** How long a room waits for a lost host before it ends. */
  readonly awayGraceSec: number
}

/** Who goes live, and for which shop. */
export type Stage = { readonly shopId: Id; readonly hostId: Id }

/** What other modules may know of a session. */
export type LiveFacts = {
  readonly id: Id
  readonly shopId: Id
  readonly hostId: Id
  readonly state: LiveState
  readonly startedAt: Date | null
  readonly endedAt: Date | null
  /** Why the platform ended it; null when it did not. */
  readonly stopReason: PatrolReason | null
}

/** A slot: each module counts its own part of the recap from its own tables. */
export type RecapSource = (db: Db, live: { id: Id; shopId: Id }) => Promise<RecapPart>
export type RecapPart = Partial<Omit<Recap, 'durationSec' | 'peakOnlineCount' | 'heartCount'>>
