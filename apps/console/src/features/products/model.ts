import type { ProductCard, ShelfState } from '@kaibo/contract/goods/catalog'
import type { BulkChange } from '@kaibo/contract/goods/catalog-api'
import { parsePercent, parseYuan } from '../../components/form/yuan.ts'

export const shelfTabs = [
  'all',
  'on_shelf',
  'off_shelf',
  'draft',
  'in_review',
  'approved',
  'rejected',
] as const
export type ShelfTab = (typeof shelfTabs)[number]

/** The tab that an address names; anything unknown is the first one. */
export const shelfTabOf = (text: string | null): ShelfTab =>
  shelfTabs.find(tab => tab === text) ?? 'all'

/** Tabs of the review stand there only while something is in them. */
export const shownTabs = (counts: Readonly<Record<ShelfState, number>> | undefined): ShelfTab[] =>
  shelfTabs.filter(tab => {
    if (tab === 'in_review' || tab === 'approved' || tab === 'rejected') {
      return (counts?.[tab] ?? 0) > 0
    }
    return true
  })

export type ShelfTarget = Extract<ShelfState, 'on_shelf' | 'off_shelf'>

/** Where one press takes a product: what is on the shelf comes off, everything else goes on. */
export const shelfTargetOf = ({ state }: Pick<ProductCard, 'state'>): ShelfTarget =>
  state === 'on_shelf' ? 'off_shelf' : 'on_shelf'

/** Of the ticked products, those that a move to `target` would change. */
export const movable = (cards: readonly ProductCard[], target: ShelfTarget): ProductCard[] =>
  cards.filter(card => shelfTargetOf(card) === target)

export const shelfTones = {
  draft: 'plain',
  in_review: 'info',
  approved: 'accent',
  rejected: 'danger',
  on_shelf: 'success',
  off_shelf: 'warning',
} as const satisfies Record<ShelfState, string>

export const priceMoves = ['lessPercent', 'morePercent', 'lessYuan', 'moreYuan'] as const
export type PriceMove = (typeof priceMoves)[number]

/** A change of prices as it is typed; null when it is none. */
export function priceChangeOf(move: PriceMove, typed: string): BulkChange | null {
  const isLess = move.startsWith('less')
  if (move.endsWith('Percent')) {
    const bps = parsePercent(typed)
    if (bps === null || bps === 0 || (isLess && bps > 9_900)) return null
    return { priceBps: isLess ? -bps : Number(bps) }
  }
  const amount = parseYuan(typed)
  if (amount === null || amount === 0) return null
  return { priceDeltaFen: isLess ? -amount : Number(amount) }
}
