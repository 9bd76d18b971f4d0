import { fail } from '@kaibo/contract/core/fail'
import { isReadableSpec, type ShelfState } from '@kaibo/contract/goods/catalog'
import type { Id } from '@kaibo/kernel/ids'
import { machine } from '@kaibo/kernel/machine'
import type { SkuBody } from './body.ts'

/**
 * The life of a product. Taking off a draft leaves it a draft: buyers have never seen it. What
 * buyers know is never reviewed as a whole again: its changes are.
 */
export const shelfLife = machine('draft', {
  draft: { submit: 'in_review' },
  in_review: { submit: 'in_review', approve: 'approved', reject: 'rejected' },
  approved: { putOn: 'on_shelf', submit: 'in_review' },
  rejected: { submit: 'in_review' },
  on_shelf: { putOn: 'on_shelf', takeOff: 'off_shelf' },
  off_shelf: { putOn: 'on_shelf', takeOff: 'off_shelf' },
})

export type ShelfTarget = Extract<ShelfState, 'on_shelf' | 'off_shelf'>
type Variant = Pick<SkuBody, 'id' | 'spec' | 'priceFen'>

/** States of what buyers see, or have seen. */
export const isKnownToBuyers = (state: ShelfState): boolean => shelfLife.can(state, 'takeOff')

/** Whether it may be put on: without review everything may, approval comes by itself. */
export const mayPutOn = (state: ShelfState, isReviewRequired: boolean): boolean =>
  !isReviewRequired || shelfLife.can(state, 'putOn')

/**
 * The spec matrix: every SKU names the same specs, no two have the same values, no id twice.
 * Throws `product.skus_clash`, and `request.invalid` for a variant that cannot be read or sold.
 */
export function decideSkus(skus: readonly Variant[]): void {
  const wrong = skus.find(sku => !isReadableSpec(sku.spec) || sku.priceFen < 1)
  if (wrong) throw fail('request.invalid', { field: wrong.priceFen < 1 ? 'priceFen' : 'spec' })
  const namesOf = (sku: Variant) => JSON.stringify(Object.keys(sku.spec).sort())
  const valuesOf = (sku: Variant) => JSON.stringify(Object.entries(sku.spec).sort())
  const countOf = (keyOf: (sku: Variant) => string) => new Set(skus.map(keyOf)).size
  const isMatrix =
    countOf(namesOf) === 1 &&
    countOf(valuesOf) === skus.length &&
    countOf(sku => sku.id) === skus.length
  if (!isMatrix) throw fail('product.skus_clash')
}

/** What an update does to the SKUs of a product; a kept or returning SKU keeps its stock. */
export function decideSkuChanges(
  known: { inUse: ReadonlySet<Id>; all: ReadonlySet<Id> },
  skus: readonly { id: Id }[],
): { addedIds: Id[]; retiredIds: Id[] } {
  const ids = new Set(skus.map(sku => sku.id))
  return {
    addedIds: [...ids].filter(id => !known.all.has(id)),
    retiredIds: [...known.inUse].filter(id => !ids.has(id)),
  }
}
