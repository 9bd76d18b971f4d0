import type { Story, StoryPlan } from '@kaibo/contract/show/story'
import { newId } from '@kaibo/kernel/ids'

export type CompareRow = { id: string; label: string; cells: readonly string[] }

/** What the desk is typing before it becomes a comparison. */
export type Comparison = {
  title: string
  text: string
  productIds: readonly string[]
  rows: readonly CompareRow[]
}

export const newRow = (): CompareRow => ({ id: newId(), label: '', cells: [] })
export const newComparison = (): Comparison => ({
  title: '',
  text: '',
  productIds: [],
  rows: [newRow()],
})

/** A comparison as it is, to be written anew. */
export const draftOf = (comparison: Extract<Story, { kind: 'comparison' }>): Comparison => ({
  title: comparison.title,
  text: comparison.text,
  productIds: comparison.products.map(({ productId }) => productId),
  rows: comparison.rows.map(row => ({ ...row, id: newId() })),
})

/** A comparison as the server takes it: one cell per product, rows without a label left out. */
export const planOf = ({ title, text, productIds, rows }: Comparison): StoryPlan => ({
  kind: 'comparison',
  title: title.trim(),
  text: text.trim(),
  productIds: [...productIds],
  rows: rows
    .filter(({ label }) => label.trim() !== '')
    .map(({ label, cells }) => ({
      label: label.trim(),
      cells: productIds.map((_, place) => (cells[place] ?? '').trim()),
    })),
})

/** Ids in order with one of them added at the end, or taken out when it is there. */
export const toggled = (ids: readonly string[], id: string): string[] =>
  ids.includes(id) ? ids.filter(other => other !== id) : [...ids, id]
