import type { NewProduct, ShelfState } from '@kaibo/contract/catalog'
import { fail } from '@kaibo/contract/fail'
import type { Id } from '@kaibo/kernel/ids'
import { machine } from '@kaibo/kernel/machine'

export type SkuDraft = NewProduct['skus'][number]
export type ProductDraft = Omit<NewProduct, 'id'>

/** Life on the shelf. Taking off a draft leaves it a draft: buyers have never seen it. */
export const shelfLife = machine('draft', {
  draft: { putOn: 'on_shelf' },
  on_shelf: { putOn: 'on_shelf', takeOff: 'off_shelf' },
  off_shelf: { putOn: 'on_shelf', takeOff: 'off_shelf' },
})

export type ShelfTarget = Exclude<ShelfState, 'draft'>

export const shelfEventOf = (state: ShelfTarget) => (state === 'on_shelf' ? 'putOn' : 'takeOff')

/**
 * The spec matrix: every SKU names the same specs, no two have the same values, no id twice.
 * Throws `product.skus_clash`.
 */
export function decideSkus(skus: readonly SkuDraft[]): void {
  const namesOf = (sku: SkuDraft) => JSON.stringify(Object.keys(sku.spec).sort())
  const valuesOf = (sku: SkuDraft) => JSON.stringify(Object.entries(sku.spec).sort())
  const countOf = (keyOf: (sku: SkuDraft) => string) => new Set(skus.map(keyOf)).size
  const isMatrix =
    countOf(namesOf) === 1 && countOf(valuesOf) === skus.length && countOf(idOf) === skus.length
  if (!isMatrix) throw fail('product.skus_clash')
}

const idOf = (sku: SkuDraft): Id => sku.id

/** What an update does to the SKUs of a product; a kept or returning SKU keeps its stock. */
export function decideSkuChanges(
  known: { inUse: ReadonlySet<Id>; all: ReadonlySet<Id> },
  skus: readonly SkuDraft[],
): { added: SkuDraft[]; retiredIds: Id[] } {
  const ids = new Set(skus.map(idOf))
  return {
    added: skus.filter(sku => !known.all.has(sku.id)),
    retiredIds: [...known.inUse].filter(id => !ids.has(id)),
  }
}
