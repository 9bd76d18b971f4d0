import type { ProductCard, ShelfState } from '@kaibo/contract/catalog'

export const shelfTabs = ['all', 'on_shelf', 'off_shelf', 'draft'] as const
export type ShelfTab = (typeof shelfTabs)[number]

/** The tab that an address names; anything unknown is the first one. */
export const shelfTabOf = (text: string | null): ShelfTab =>
  shelfTabs.find(tab => tab === text) ?? 'all'

export type ShelfTarget = Exclude<ShelfState, 'draft'>

/** Where one press takes a product: what is on the shelf comes off, everything else goes on. */
export const shelfTargetOf = ({ state }: Pick<ProductCard, 'state'>): ShelfTarget =>
  state === 'on_shelf' ? 'off_shelf' : 'on_shelf'

/** Of the ticked products, those that a move to `target` would change. */
export const movable = (
  cards: readonly ProductCard[],
  ticked: readonly string[],
  target: ShelfTarget,
): ProductCard[] => cards.filter(card => ticked.includes(card.id) && shelfTargetOf(card) === target)

export const shelfTones = {
  draft: 'plain',
  on_shelf: 'success',
  off_shelf: 'warning',
} as const satisfies Record<ShelfState, string>
