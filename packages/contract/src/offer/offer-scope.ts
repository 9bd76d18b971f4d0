import type { Id } from '@kaibo/kernel/ids'

/** Which goods an offer is about. */
export type OfferScope =
  | { only: 'all' }
  | { only: 'products' | 'categories' | 'brands' | 'tags'; ids: readonly Id[] }

/** What a scope looks at in goods. */
export type ScopedGoods = {
  productId: Id
  /** Its category and all above it. */
  categoryIds: readonly Id[]
  brandId: Id | null
  tagIds: readonly Id[]
}

/** Whether goods are among those that an offer is about; one rule for all who promote. */
export function inScope(goods: ScopedGoods, scope: OfferScope): boolean {
  switch (scope.only) {
    case 'all':
      return true
    case 'products':
      return scope.ids.includes(goods.productId)
    case 'categories':
      return goods.categoryIds.some(id => scope.ids.includes(id))
    case 'brands':
      return goods.brandId !== null && scope.ids.includes(goods.brandId)
    case 'tags':
      return goods.tagIds.some(id => scope.ids.includes(id))
  }
}
