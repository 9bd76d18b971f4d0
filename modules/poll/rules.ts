import { fail } from '@kaibo/contract/core/fail'
import type { PollKind } from '@kaibo/contract/show/poll'
import { machine } from '@kaibo/kernel/machine'

export const pollLife = machine('ready', {
  ready: { open: 'open' },
  open: { close: 'closed' },
  closed: {},
})
export type PollEvent = 'open' | 'close'

export type PollPlan = {
  kind: PollKind
  question: string
  options: readonly string[]
  rightOption: number | null
  windowSec: number
}

/** Whether this can be asked. Throws `poll.invalid`. */
export function decidePlan({ kind, options, rightOption }: PollPlan): void {
  const hasRight = rightOption !== null && rightOption < options.length
  if (new Set(options).size < options.length) throw fail('poll.invalid', { field: 'options' })
  if (kind === 'quiz' ? !hasRight : rightOption !== null)
    throw fail('poll.invalid', { field: 'rightOption' })
}
