import type { Database } from '@kaibo/db/database'
import type { Log } from '@kaibo/db/log'
import type { Account } from '@kaibo/modules/account'
import type { Live, LiveProvider } from '@kaibo/modules/live'
import type { Verdicts } from '@kaibo/modules/verdict'
import type { WordLists } from '@kaibo/modules/wordlist'
import type { ImageReviewer } from './reviewer.ts'

export type PatrolNeeds = {
  readonly database: Database
  readonly log: Log
  readonly provider: Pick<LiveProvider, 'snapshot' | 'health'>
  /** Null = people alone judge pictures. */
  readonly reviewer: ImageReviewer | null
  readonly live: Pick<Live, 'facts' | 'cardsByIds'>
  readonly verdict: Pick<Verdicts, 'cutByReviewer' | 'countsOf'>
  readonly wordlist: Pick<WordLists, 'check'>
  readonly account: Pick<Account, 'peopleByIds'>
}
