import type { Product } from '@kaibo/contract/goods/catalog'
import type { FlashSale, FlashSalePlan } from '@kaibo/contract/offer/flashsale'
import { hourMs } from '@kaibo/kernel/clock'
import { instantOf, localText } from '../../components/form/local-time.ts'
import { parseCount, parseYuan, yuanText } from '../../components/form/yuan.ts'

/** What the sales of a shop are kept under. */
export const salesKey = (shopId: string) => ['flash-sales', shopId]

/** A SKU in the form, with what is typed beside it. */
export type ItemDraft = {
  skuId: string
  title: string
  specText: string
  pictureUrl: string | null
  listPriceFen: number
  /** On the shelf now; null when it is not known. */
  available: number | null
  priceText: string
  quotaText: string
  /** Empty = no limit. */
  limitText: string
}

export type Draft = {
  title: string
  startsText: string
  endsText: string
  channel: FlashSalePlan['channel']
  items: readonly ItemDraft[]
}

export type ProblemAt = 'title' | 'window' | 'items'
export type Problems = Partial<Record<ProblemAt, true>>

/** A new sale: two hours from the next full one. */
export function emptyDraft(now: Date): Draft {
  const startMs = Math.ceil(now.getTime() / hourMs) * hourMs
  return {
    title: '',
    startsText: localText(new Date(startMs)),
    endsText: localText(new Date(startMs + 2 * hourMs)),
    channel: 'everywhere',
    items: [],
  }
}

const specText = (spec: Readonly<Record<string, string>>) => Object.values(spec).join(' · ')

/** A product's SKUs as rows; those that are in the form already stay as they were typed. */
export function withProduct(items: readonly ItemDraft[], product: Product): ItemDraft[] {
  const known = new Set(items.map(item => item.skuId))
  const fresh = product.skus
    .filter(sku => !known.has(sku.id))
    .map(sku => ({
      skuId: sku.id,
      title: product.title,
      specText: specText(sku.spec),
      pictureUrl: product.pictureUrls[0] ?? null,
      listPriceFen: sku.priceFen,
      available: sku.available,
      priceText: '',
      quotaText: '',
      limitText: '1',
    }))
  return [...items, ...fresh]
}

/** A sale as a form, to be changed or copied. */
export const draftOf = (sale: FlashSale): Draft => ({
  title: sale.title,
  startsText: localText(new Date(sale.startsAt)),
  endsText: localText(new Date(sale.endsAt)),
  channel: sale.channel,
  items: sale.items.map(item => ({
    skuId: item.skuId,
    title: item.title,
    specText: specText(item.spec),
    pictureUrl: item.pictureUrl,
    listPriceFen: item.listPriceFen,
    available: null,
    priceText: yuanText(item.priceFen),
    quotaText: String(item.quota),
    limitText: item.perPersonMax === null ? '' : String(item.perPersonMax),
  })),
})

/** What was typed as a plan, or where it is wrong; the API's own refusals come on top. */
export function planOf(draft: Draft): { plan: FlashSalePlan } | { problems: Problems } {
  const title = draft.title.trim()
  const [startsAt, endsAt] = [instantOf(draft.startsText), instantOf(draft.endsText)]
  const isWindow = startsAt !== null && endsAt !== null && startsAt < endsAt
  const items = draft.items.map(itemOf).filter(item => item !== null)
  const isWhole = items.length > 0 && items.length === draft.items.length
  if (title === '' || !isWindow || !isWhole) {
    return {
      problems: {
        ...(title === '' ? { title: true } : {}),
        ...(isWindow ? {} : { window: true }),
        ...(isWhole ? {} : { items: true }),
      },
    }
  }
  return { plan: { title, startsAt, endsAt, channel: draft.channel, liveId: null, items } }
}

/** One row as it is sold; null when a price, a quota or a limit is missing or makes no sense. */
export function itemOf(item: ItemDraft): FlashSalePlan['items'][number] | null {
  const priceFen = parseYuan(item.priceText)
  const quota = parseCount(item.quotaText)
  const isFree = item.limitText.trim() === ''
  const perPersonMax = isFree ? null : parseCount(item.limitText, 999)
  if (priceFen === null || priceFen === 0 || priceFen >= item.listPriceFen) return null
  if (quota === null || quota === 0) return null
  if (!isFree && (perPersonMax === null || perPersonMax === 0 || perPersonMax > quota)) return null
  return { skuId: item.skuId, priceFen, quota, perPersonMax }
}

/** Of the quotas together, how much is sold, 0 … 1. */
export function soldShare({ items, soldCount }: Pick<FlashSale, 'items' | 'soldCount'>): number {
  const quota = items.reduce((sum, item) => sum + item.quota, 0)
  return quota === 0 ? 0 : Math.min(1, soldCount / quota)
}
