import type {
  Promotion,
  PromotionGoods,
  PromotionKind,
  PromotionRules,
  PromotionScope,
} from '@kaibo/contract/offer/promotion'
import { localText } from '../../components/form/local-time.ts'
import { yuanText } from '../../components/form/yuan.ts'

/** Goods in a list of the form, with what is typed beside them: a price, or a quantity. */
export type GoodsRow = Pick<
  PromotionGoods,
  'skuId' | 'productId' | 'title' | 'spec' | 'pictureUrl' | 'listPriceFen'
> & { text: string }

export type ScopeDraft = PromotionScope & {
  /** Names of the products, as far as they are known. */
  products: readonly { id: string; title: string }[]
}

export type TierDraft = {
  thresholdText: string
  take: 'fen' | 'share' | 'nothing'
  offText: string
  /** At most so much, for a share. */
  maxText: string
  gifts: readonly GoodsRow[]
}

/** The form of a promotion; a kind uses the fields that it needs. */
export type Draft = {
  kind: PromotionKind
  title: string
  startsText: string
  endsText: string
  /** With prices in a limited discount, with quantities in a bundle. */
  items: readonly GoodsRow[]
  hasShare: boolean
  percentText: string
  stacksWithMember: boolean
  scope: ScopeDraft
  by: 'amount' | 'count'
  repeats: boolean
  tiers: readonly TierDraft[]
  buyCountText: string
  timesMaxText: string
  gifts: readonly GoodsRow[]
  priceText: string
}

const hourMs = 3_600_000
export const everything: ScopeDraft = { only: 'all', ids: [], products: [] }
export const emptyTier: TierDraft = {
  thresholdText: '',
  take: 'fen',
  offText: '',
  maxText: '',
  gifts: [],
}

/** A new promotion: from the next full hour on, for a week. */
export function emptyDraft(kind: PromotionKind, now: Date): Draft {
  const startMs = Math.ceil(now.getTime() / hourMs) * hourMs
  return {
    kind,
    title: '',
    startsText: localText(new Date(startMs)),
    endsText: localText(new Date(startMs + 7 * 24 * hourMs)),
    items: [],
    hasShare: false,
    percentText: '',
    stacksWithMember: false,
    scope: everything,
    by: 'amount',
    repeats: false,
    tiers: [emptyTier],
    buyCountText: '',
    timesMaxText: '1',
    gifts: [],
    priceText: '',
  }
}

type Names = { goods: readonly PromotionGoods[]; products: ScopeDraft['products'] }

/** A promotion as a form, to be changed or copied. */
export function draftOf(promotion: Promotion, names: Names): Draft {
  const { rules, title } = promotion
  return {
    ...emptyDraft(rules.kind, new Date(promotion.now)),
    title,
    startsText: localText(new Date(promotion.startsAt)),
    endsText: localText(new Date(promotion.endsAt)),
    ...fieldsOf(rules, names),
  }
}

/** The same promotion once more, in a window of its own. */
export function copyOf(promotion: Promotion, names: Names): Draft {
  const { startsText, endsText } = emptyDraft(promotion.rules.kind, new Date(promotion.now))
  return { ...draftOf(promotion, names), startsText, endsText }
}

function fieldsOf(rules: PromotionRules, { goods, products }: Names): Partial<Draft> {
  const rowsOf = <T extends { skuId: string }>(items: readonly T[], textOf: (item: T) => string) =>
    items.flatMap(item => {
      const one = goods.find(({ skuId }) => skuId === item.skuId)
      return one ? [{ ...one, text: textOf(item) }] : []
    })
  const countOf = ({ quantity }: { quantity: number }) => String(quantity)
  const scopeOf = (scope: PromotionScope): ScopeDraft => ({ ...scope, products })
  switch (rules.kind) {
    case 'limited_discount':
      return {
        items: rowsOf(rules.items, item => yuanText(item.priceFen)),
        hasShare: rules.share !== null,
        percentText: rules.share ? yuanText(rules.share.offBps) : '',
        scope: rules.share ? scopeOf(rules.share.scope) : everything,
        stacksWithMember: rules.stacksWithMember,
      }
    case 'bundle':
      return { items: rowsOf(rules.items, countOf), priceText: yuanText(rules.priceFen) }
    case 'buy_gift':
      return {
        scope: scopeOf(rules.scope),
        buyCountText: String(rules.buyCount),
        timesMaxText: String(rules.timesMax),
        gifts: rowsOf(rules.gifts, countOf),
      }
    case 'full_reduction':
      return {
        scope: scopeOf(rules.scope),
        by: rules.by,
        repeats: rules.repeats,
        tiers: rules.tiers.map(({ threshold, off, gifts }) => ({
          thresholdText: rules.by === 'amount' ? yuanText(threshold) : String(threshold),
          ...offFields(off),
          gifts: rowsOf(gifts, countOf),
        })),
      }
  }
}

type Off = Extract<PromotionRules, { kind: 'full_reduction' }>['tiers'][number]['off']

function offFields(off: Off): Pick<TierDraft, 'take' | 'offText' | 'maxText'> {
  if (!off) return { take: 'nothing', offText: '', maxText: '' }
  if ('fen' in off) return { take: 'fen', offText: yuanText(off.fen), maxText: '' }
  const maxText = off.maxFen === null ? '' : yuanText(off.maxFen)
  return { take: 'share', offText: yuanText(off.bps), maxText }
}

/** Each node right before what lies in it; siblings keep their order. */
export function inTreeOrder<N extends { id: string; parentId: string | null }>(
  nodes: readonly N[],
  parentId: string | null = null,
): N[] {
  return nodes
    .filter(node => node.parentId === parentId)
    .flatMap(node => [node, ...inTreeOrder(nodes, node.id)])
}
