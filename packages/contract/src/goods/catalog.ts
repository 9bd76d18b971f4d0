import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import { Id, Instant, Money, named, nullable, object, oneOf, text } from '../core/common.ts'
import { event } from '../core/endpoint.ts'

/**
 * draft → in_review → approved or rejected → on_shelf ⇄ off_shelf. Buyers see what is, or once was,
 * on the shelf.
 */
export const shelfStates = [
  'draft',
  'in_review',
  'approved',
  'rejected',
  'on_shelf',
  'off_shelf',
] as const
export type ShelfState = (typeof shelfStates)[number]

/** `{ 规格: '50 g' }`: the value chosen for each spec of the product. */
export const SkuSpec = Type.Record(Type.String({ maxLength: 20 }), Type.String({ maxLength: 30 }))
const specCountMax = 5
const specNameCharsMax = 20

/** Few specs, each with a name and a value in one visible line. */
export const isReadableSpec = (spec: Readonly<Record<string, string>>): boolean => {
  const entries = Object.entries(spec)
  const isLine = (text: string) => text.trim() !== '' && !text.includes('\n')
  return (
    entries.length <= specCountMax &&
    entries.every(
      ([name, value]) => name.length <= specNameCharsMax && isLine(name) && isLine(value),
    )
  )
}

/** Why goods may not be returned without a reason: the four kinds of the law, or agreed on (R7). */
export const noReturnKinds = [
  'custom_made',
  'perishable',
  'digital',
  'periodical',
  'agreed',
] as const
export type NoReturnKind = (typeof noReturnKinds)[number]

/** lowest_30_days = of the 30 days before this price · list_price = the maker's, as `source` says. */
export const strikeBases = ['lowest_30_days', 'list_price'] as const
export type StrikeBasis = (typeof strikeBases)[number]

/** A struck-through price with what it rests on. */
export const Strike = named('Strike', {
  fen: Money,
  basis: oneOf(strikeBases),
  /** The maker's price list, in words; empty for `lowest_30_days`. */
  source: Type.String(),
})
export type Strike = Static<typeof Strike>

const skuFields = {
  id: Id,
  spec: SkuSpec,
  priceFen: Money,
  strike: nullable(Strike),
  /** Of this variant alone; null = those of the product. */
  pictureUrl: nullable(Type.String()),
}
export const Sku = named('Sku', {
  ...skuFields,
  weightG: Type.Integer(),
  volumeCm3: Type.Integer(),
  barcode: nullable(Type.String()),
  /** Shown, but not to be chosen. */
  isDisabled: Type.Boolean(),
  /** What can be ordered now: on hand − reserved. */
  available: Type.Integer(),
})
export type Sku = Static<typeof Sku>

/** A prefix of a GB/T 2260 code: a province (2 digits), a city (4) or a district (6). */
export const RegionPrefix = Type.String({ pattern: '^\\d{2}(\\d{2}){0,2}$' })

const Named = object({ id: Id, name: Type.String() })
const pageFields = {
  title: Type.String(),
  subtitle: Type.String(),
  /** Plain text. */
  description: Type.String(),
  /** Clean HTML: safe to show as it is. */
  detail: Type.String(),
  pictureUrls: Type.Array(Type.String()),
  videoUrl: nullable(Type.String()),
  noReturn: nullable(oneOf(noReturnKinds)),
}

const productFields = {
  id: Id,
  shopId: Id,
  ...pageFields,
  brand: nullable(Named),
  categoryId: nullable(Id),
  /** From the root down to its own. */
  categories: Type.Array(Named),
  tags: Type.Array(Named),
  isVirtual: Type.Boolean(),
  /** Sold only there; null = everywhere. */
  regionCodes: nullable(Type.Array(RegionPrefix)),
  limitPerBuyer: nullable(Type.Integer()),
  freightTemplateId: nullable(Id),
  state: oneOf(shelfStates),
  versionId: Id,
  /** Counts every change; an edit names the one it began with. */
  version: Type.Integer(),
  skus: Type.Array(Sku),
}
export const Product = named('Product', productFields)
export type Product = Static<typeof Product>

/** How the newest submission went; the reason is the reviewer's. */
export const reviewStates = ['open', 'approved', 'rejected', 'withdrawn'] as const
export type ReviewState = (typeof reviewStates)[number]

/** A product as those see it who sell it. */
export const OwnProduct = named('OwnProduct', {
  ...productFields,
  review: nullable(
    object({
      state: oneOf(reviewStates),
      reason: Type.String(),
      /** A change of a product on sale: until it is approved, the present page stays. */
      isChange: Type.Boolean(),
    }),
  ),
  shelveAt: nullable(Instant),
  unshelveAt: nullable(Instant),
  /** Why the last move by the clock did not happen: an error code. */
  scheduleProblem: nullable(Type.String()),
  /** Kinds of documents that its category asks for and the shop does not have. */
  missingDocuments: Type.Array(Named),
})
export type OwnProduct = Static<typeof OwnProduct>

export const ProductCard = named('ProductCard', {
  id: Id,
  shopId: Id,
  title: Type.String(),
  subtitle: Type.String(),
  pictureUrl: nullable(Type.String()),
  state: oneOf(shelfStates),
  priceFromFen: Money,
  priceToFen: Money,
  /** Of the cheapest variant. */
  strikeFen: nullable(Money),
  categoryId: nullable(Id),
  brandId: nullable(Id),
  isVirtual: Type.Boolean(),
  available: Type.Integer(),
  skuCount: Type.Integer(),
})
export type ProductCard = Static<typeof ProductCard>

/** A page as it stood when something was bought. */
export const ProductPage = named('ProductPage', {
  ...pageFields,
  brandName: nullable(Type.String()),
  categoryNames: Type.Array(Type.String()),
  skus: Type.Array(object(skuFields)),
  versionId: Id,
  at: Instant,
})
export type ProductPage = Static<typeof ProductPage>

export const detailLengthMax = 60_000
export const skuCountMax = 100

const NewStrike = object({ fen: Money, basis: oneOf(strikeBases), source: text(0, 60) })
export const NewSku = object({
  id: Id,
  spec: SkuSpec,
  priceFen: Money,
  initialStock: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  strike: Type.Optional(nullable(NewStrike)),
  pictureFileId: Type.Optional(nullable(Id)),
  weightG: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  volumeCm3: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000_000 })),
  barcode: Type.Optional(nullable(Type.String({ pattern: '^[0-9A-Za-z-]{4,32}$' }))),
  isDisabled: Type.Optional(Type.Boolean()),
})
export type NewSku = Static<typeof NewSku>

/** At most 100 SKUs; each names every spec once; no two alike. What is left out is empty. */
export const productWriteFields = {
  title: text(1, 60),
  subtitle: text(0, 80),
  description: text(0, 2_000),
  /** HTML; what is not allowed is dropped. */
  detail: Type.Optional(text(0, detailLengthMax)),
  pictureFileIds: Type.Array(Id, { minItems: 1, maxItems: 9 }),
  videoFileId: Type.Optional(nullable(Id)),
  brandId: Type.Optional(nullable(Id)),
  categoryId: Type.Optional(nullable(Id)),
  tagIds: Type.Optional(Type.Array(Id, { maxItems: 20, uniqueItems: true })),
  isVirtual: Type.Optional(Type.Boolean()),
  noReturn: Type.Optional(nullable(oneOf(noReturnKinds))),
  regionCodes: Type.Optional(
    nullable(Type.Array(RegionPrefix, { minItems: 1, maxItems: 400, uniqueItems: true })),
  ),
  limitPerBuyer: Type.Optional(nullable(Type.Integer({ minimum: 1, maximum: 999 }))),
  freightTemplateId: Type.Optional(nullable(Id)),
  skus: Type.Array(NewSku, { minItems: 1, maxItems: skuCountMax }),
}
export const NewProduct = object({ id: Id, ...productWriteFields })
export type NewProduct = Static<typeof NewProduct>

export const catalogErrors = errors({
  'product.not_found': [404, 'This product does not exist.', '商品不存在'],
  'product.off_shelf': [409, 'This product is no longer on sale.', '商品已下架'],
  'product.skus_clash': [
    422,
    'Two variants have the same specs, or specs differ between variants.',
    '规格组合重复或不一致',
  ],
  'product.changed': [
    409,
    'Somebody else has changed this product. Please look again.',
    '商品已被他人修改，请刷新后重试',
  ],
  'product.not_approved': [
    409,
    'This product has to be approved before it is put on sale.',
    '商品须审核通过后才能上架',
  ],
  'product.wrong_state': [409, 'The product has moved on.', '商品状态已变化，无法执行此操作'],
  'product.qualification_missing': [
    409,
    'A document that this category asks for is missing or out of date.',
    '该类目所需资质缺失或已过期',
  ],
  'product.strike_without_basis': [
    422,
    'A struck-through price has to rest on the lowest price of the last 30 days or on a named list price, and be above the price.',
    '划线价须有依据：近30天最低成交价或注明出处的厂商指导价，且高于售价',
  ],
  'product.unknown_reference': [
    422,
    'A brand, category, tag or freight template does not exist.',
    '品牌、类目、标签或运费模板不存在',
  ],
  'product.schedule_past': [
    422,
    'The time has to be in the future, and taking off after putting on.',
    '定时时间须晚于现在，且下架时间须晚于上架时间',
  ],
  'product.price_out_of_range': [422, 'A price would leave its range.', '调整后的价格超出范围'],
})

/** What buyers see of these products has changed: title, price, shelf, anything. */
export const productsChanged = event(
  'catalog.products_changed',
  object({ productIds: Type.Array(Id) }),
)
