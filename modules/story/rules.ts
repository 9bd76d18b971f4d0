import { fail } from '@kaibo/contract/core/fail'
import type { StoryPlan } from '@kaibo/contract/show/story'

/** Characters that nobody sees and that could hide or turn text; joiners of emoji stay. */
const unseen = /[\u00ad\u200b\u200e\u200f\u2060\ufeff]/gu

const plain = (text: string): string => text.normalize('NFC').replaceAll(unseen, '').trim()

/**
 * The plan as it is kept: plain text, whatever markup it contains. Throws `request.invalid` for a
 * title that shows nothing, or `story.rows_invalid`.
 */
export function decidePlan(plan: StoryPlan): StoryPlan {
  const head = { title: plain(plan.title), text: plain(plan.text) }
  if (!/[^\p{Z}\p{C}]/u.test(head.title)) throw fail('request.invalid', { field: 'title' })
  if (plan.kind === 'story') return { ...plan, ...head }
  const { productIds } = plan
  const rows = plan.rows.map(({ label, cells }) => ({
    label: plain(label),
    cells: cells.map(plain),
  }))
  if (rows.some(row => row.cells.length !== productIds.length)) throw fail('story.rows_invalid')
  return { ...plan, ...head, rows }
}
