import type { PersonalData } from '@kaibo/db/crypto'
import type { Database } from '@kaibo/db/database'
import type { Clock } from '@kaibo/kernel/clock'
import type { Files } from '@kaibo/modules/files'
import type { Shops } from '@kaibo/modules/shop'
import type { ActorCache } from './actor-cache.ts'
import type { CodeLimits } from './rules.ts'

/** The slot of an SMS service. `send` rejects when the message was not accepted for delivery. */
export type SmsSender = {
  send(message: { phone: string; text: string; kind: 'login_code' }): Promise<void>
}

export type AccountNeeds = {
  database: Database
  clock: Clock
  personal: PersonalData
  sms: SmsSender
  files: Pick<Files, 'requireFiles' | 'urlOf'>
  shop: Pick<Shops, 'membershipsOf'>
  /** Replaces the usual limits on codes; a demo on one machine signs in many people from one address. */
  codeLimits?: Partial<CodeLimits>
}

/** What the use-cases share besides. */
export type Own = AccountNeeds & { actors: ActorCache }
