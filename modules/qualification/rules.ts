import { fail } from '@kaibo/contract/core/fail'
import type { documentStandings, documentStates } from '@kaibo/contract/goods/qualification'

export type DocumentState = (typeof documentStates)[number]
export type Standing = (typeof documentStandings)[number]

/** A paper that has ended is not handed in. Days compare as texts. Throws `qualification.expired`. */
export function decideSubmission(q: { expiresOn: string | null; today: string }): void {
  if (q.expiresOn !== null && q.expiresOn < q.today) throw fail('qualification.expired')
}
