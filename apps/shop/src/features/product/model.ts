import type { Product, Sku, Strike } from '@kaibo/contract/goods/catalog'
import type { CouponCard } from '@kaibo/contract/offer/coupon'
import type { FlashSaleCard } from '@kaibo/contract/offer/flashsale'
import type { ProductOffer } from '@kaibo/contract/offer/promotion'

/** Spec name → the value chosen so far. */
export type Choice = Readonly<Record<string, string>>

export type SpecValue = {
  value: string
  isChosen: boolean
  isPossible: boolean
  /** Of the variants with this value, when each value of the spec has its own. */
  pictureUrl: string | null
}
export type Spec = { name: string; values: SpecValue[] }

const matches = (sku: Sku, choice: Choice): boolean =>
  Object.entries(choice).every(([name, value]) => sku.spec[name] === value)

/**
 * The specs to choose from. A value is possible when some SKU in stock has it together with what is
 * chosen of the *other* specs, so that a choice can always be changed.
 */
export function specsOf(product: Product, choice: Choice): Spec[] {
  const names = Object.keys(product.skus[0]?.spec ?? {})
  return names.map(name => {
    const { [name]: chosen, ...others } = choice
    const values = [...new Set(product.skus.flatMap(sku => sku.spec[name] ?? []))]
    const pictures = picturesOf(product, name)
    return {
      name,
      values: values.map(value => ({
        value,
        isChosen: chosen === value,
        isPossible: product.skus.some(
          sku => sku.spec[name] === value && canBuy(sku) && matches(sku, others),
        ),
        pictureUrl: pictures.get(value) ?? null,
      })),
    }
  })
}

const canBuy = (sku: Sku): boolean => sku.available > 0 && !sku.isDisabled

/** Value → picture, when the pictures of the variants go by this spec: one each, and not all alike. */
function picturesOf(product: Product, name: string): Map<string, string> {
  const pictures = new Map<string, string>()
  for (const { spec, pictureUrl } of product.skus) {
    const value = spec[name] ?? ''
    if (!pictureUrl || (pictures.get(value) ?? pictureUrl) !== pictureUrl) return new Map()
    pictures.set(value, pictureUrl)
  }
  return new Set(pictures.values()).size > 1 ? pictures : new Map()
}

/** The picture of what is chosen so far: its own, else the product's first. */
export function pictureOf(product: Product, choice: Choice): string | null {
  const left = product.skus.filter(sku => matches(sku, choice)).map(sku => sku.pictureUrl)
  const [own = null] = new Set(left).size === 1 ? left : []
  return own ?? product.pictureUrls[0] ?? null
}

/** The SKU that is fully chosen; undefined while a spec is open. */
export const chosenSku = (product: Product, choice: Choice): Sku | undefined =>
  product.skus.find(
    sku => matches(sku, choice) && Object.keys(sku.spec).length === Object.keys(choice).length,
  )

/** What to begin with: the only SKU, else each spec that has a single value. */
export function firstChoice(product: Product): Choice {
  const [only, ...more] = product.skus
  if (only && more.length === 0) return only.spec
  const single = specsOf(product, {}).filter(spec => spec.values.length === 1)
  return Object.fromEntries(
    single.flatMap(({ name, values: [first] }) => (first ? [[name, first.value]] : [])),
  )
}

/** Lowest and highest price of what can still be chosen; of everything when the choice is gone. */
export function priceRange(product: Product, choice: Choice): { from: number; to: number } {
  const left = product.skus.filter(sku => matches(sku, choice))
  const prices = (left.length > 0 ? left : product.skus).map(sku => sku.priceFen)
  return { from: Math.min(...prices), to: Math.max(...prices) }
}

/** Units of one order line at most; a combination that is not sold counts as none. */
export const quantityMax = (sku: Sku | undefined, limitPerBuyer: number | null = null): number =>
  sku?.isDisabled ? 0 : Math.min(sku?.available ?? 1, limitPerBuyer ?? 99, 99)

/** What is left of all variants that are sold. */
export const availableOf = (product: Product): number =>
  product.skus.reduce((sum, sku) => sum + (canBuy(sku) ? sku.available : 0), 0)

/** The struck-through price of the cheapest variant, with what it rests on. */
export const strikeOf = (product: Product): Strike | null =>
  product.skus.toSorted((a, b) => a.priceFen - b.priceFen)[0]?.strike ?? null

/** `50g · 青` */
export const specText = (spec: Readonly<Record<string, string>>): string =>
  Object.values(spec).join(' · ')

/** A price of an activity that holds now, for the cheapest variant in it. */
export type Deal = {
  kind: 'flash_sale' | 'limited_discount'
  priceFen: number
  listPriceFen: number
  /** Other variants cost more, or are not in it. */
  isFrom: boolean
  endsAt: string
  /** Server time minus device time. */
  offsetMs: number
}

type DealFacts = {
  sales: readonly FlashSaleCard[]
  offers: readonly ProductOffer[]
  now: string
  askedAtMs: number
}

/** A flash sale is exclusive, so it goes before a discount; what is used up does not count. */
export function dealOf(
  productId: string,
  { sales, offers, now, askedAtMs }: DealFacts,
): Deal | null {
  const running = sales.filter(
    ({ channel, startsAt, endsAt }) => channel === 'everywhere' && startsAt <= now && now < endsAt,
  )
  const offsetMs = Date.parse(now) - askedAtMs
  for (const { items, endsAt } of running) {
    const own = items.filter(item => item.productId === productId && item.leftCount > 0)
    const deal = cheapest(own)
    if (deal) return { kind: 'flash_sale', ...deal, endsAt, offsetMs }
  }
  for (const { rules, prices, endsAt } of offers) {
    const deal = rules.kind === 'limited_discount' && cheapest(prices)
    if (deal) return { kind: 'limited_discount', ...deal, endsAt, offsetMs }
  }
  return null
}

function cheapest(prices: readonly { priceFen: number; listPriceFen: number }[]) {
  const [first] = prices.toSorted((a, b) => a.priceFen - b.priceFen)
  const isFrom = prices.some(each => each.priceFen !== first?.priceFen)
  return first && { priceFen: first.priceFen, listPriceFen: first.listPriceFen, isFrom }
}

/** Whether a coupon counts for this product. */
export function fitsCoupon({ scope }: Pick<CouponCard, 'scope'>, product: Product): boolean {
  const { id, categories, brand, tags } = product
  const own = {
    all: null,
    products: [id],
    categories: categories.map(category => category.id),
    brands: brand ? [brand.id] : [],
    tags: tags.map(tag => tag.id),
  }[scope.only]
  return own === null || own.some(each => scope.ids.includes(each))
}
