import type { EvidenceContext } from '@kaibo/contract/media/verdict'
import type { Database, Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Account } from '@kaibo/modules/account'
import type { Audit } from '@kaibo/modules/audit'
import type { Chat } from '@kaibo/modules/chat'
import type { Live } from '@kaibo/modules/live'
import type { Shops } from '@kaibo/modules/shop'
import type { Showcase } from '@kaibo/modules/showcase'

export type VerdictNeeds = {
  readonly database: Database
  readonly live: Pick<Live, 'facts' | 'cardsByIds' | 'stop' | 'cutStopped'>
  readonly showcase: Pick<Showcase, 'bagOf'>
  readonly chat: Pick<Chat, 'lastOf'>
  readonly account: Pick<Account, 'peopleByIds'>
  readonly shop: Pick<Shops, 'shopsByIds'>
  readonly audit: Pick<Audit, 'record'>
  /** A slot: what was seen of a room, the picture in question first. */
  readonly sceneOf: (
    db: Db,
    of: { liveId: Id; pictureId: Id | null },
  ) => Promise<
    Pick<EvidenceContext, 'findings' | 'alerts'> & {
      frames: readonly { takenAt: Date; jpeg: Buffer }[]
    }
  >
  /** How long evidence is kept. */
  readonly evidenceDays: number
}
