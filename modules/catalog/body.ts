import type { NewProduct, ShelfState, StrikeBasis } from '@kaibo/contract/goods/catalog'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import type { CatalogNeeds } from './needs.ts'

export type SkuBody = {
  id: Id
  spec: Record<string, string>
  priceFen: Fen
  strike: { fen: Fen; basis: StrikeBasis; source: string } | null
  pictureFileId: Id | null
  weightG: number
  volumeCm3: number
  barcode: string | null
  isDisabled: boolean
  /** What a new variant begins with; nothing for one that is known. */
  initialStock: number
}

/** What the platform reviews: a product on sale keeps the approved ones until new ones are. */
export type KeyFields = {
  title: string
  subtitle: string
  description: string
  detail: string
  pictureFileIds: Id[]
  videoFileId: Id | null
  brandId: Id | null
  categoryId: Id | null
  isVirtual: boolean
  noReturn: Exclude<NewProduct['noReturn'], undefined>
}

/** Everything that an editor of a product writes, with nothing left out. */
export type Body = KeyFields & {
  tagIds: Id[]
  regionCodes: string[] | null
  limitPerBuyer: number | null
  freightTemplateId: Id | null
  skus: SkuBody[]
}

/** A change that waits for its approval: key fields, and the variants as they shall be. */
export type HeldChange = { key: KeyFields; skus: SkuBody[] }

export type Product = Body & {
  id: Id
  shopId: Id
  state: ShelfState
  /** Its category and all ancestors, root first. */
  categoryIds: Id[]
  versionId: Id
  version: number
  held: HeldChange | null
}

export type ProductDraft = Omit<NewProduct, 'id'>

/** Fills in what was left out, and cleans the rich text. Virtual goods stay sold by default (R7). */
export const bodyOf = ({ richtext }: CatalogNeeds, draft: ProductDraft): Body => ({
  title: draft.title,
  subtitle: draft.subtitle,
  description: draft.description,
  detail: richtext.clean(draft.detail ?? ''),
  pictureFileIds: draft.pictureFileIds,
  videoFileId: draft.videoFileId ?? null,
  brandId: draft.brandId ?? null,
  categoryId: draft.categoryId ?? null,
  tagIds: draft.tagIds ?? [],
  isVirtual: draft.isVirtual ?? false,
  noReturn: draft.noReturn === undefined && draft.isVirtual ? 'agreed' : (draft.noReturn ?? null),
  regionCodes: draft.regionCodes ?? null,
  limitPerBuyer: draft.limitPerBuyer ?? null,
  freightTemplateId: draft.freightTemplateId ?? null,
  skus: draft.skus.map(sku => ({ ...emptySku, ...sku })),
})

const emptySku = {
  strike: null,
  pictureFileId: null,
  weightG: 0,
  volumeCm3: 0,
  barcode: null,
  isDisabled: false,
}

const keyOf = (body: Body): KeyFields => ({
  title: body.title,
  subtitle: body.subtitle,
  description: body.description,
  detail: body.detail,
  pictureFileIds: body.pictureFileIds,
  videoFileId: body.videoFileId,
  brandId: body.brandId,
  categoryId: body.categoryId,
  isVirtual: body.isVirtual,
  noReturn: body.noReturn,
})

/** Of a variant, what buyers read and see. */
const lookOf = ({ id, spec, pictureFileId }: SkuBody) => ({ id, spec, pictureFileId })
const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/**
 * Splits an edit of a product on sale: prices, limits and what is left out apply at once; new
 * texts, pictures and variants wait. `held` is null when nothing has to.
 */
export function splitEdit(present: Body, edited: Body): { now: Body; held: HeldChange | null } {
  const looks = new Map(present.skus.map(sku => [sku.id, lookOf(sku)]))
  const needsNothing =
    isSame(keyOf(present), keyOf(edited)) &&
    edited.skus.every(sku => isSame(looks.get(sku.id), lookOf(sku)))
  if (needsNothing) return { now: edited, held: null }
  const kept = edited.skus.flatMap(sku => {
    const look = looks.get(sku.id)
    return look ? [{ ...sku, ...look }] : []
  })
  // A product has a variant at all times: when every one is new, the present ones stay till then.
  const skus = kept.length > 0 ? kept : present.skus
  return {
    now: { ...edited, ...keyOf(present), skus },
    held: { key: keyOf(edited), skus: edited.skus },
  }
}

/** The product with its held change: kept variants at their present prices. */
export function withHeld(present: Body, { key, skus }: HeldChange): Body {
  const known = new Map(present.skus.map(sku => [sku.id, sku]))
  return {
    ...present,
    ...key,
    skus: skus.map(sku => ({ ...sku, ...known.get(sku.id), ...lookOf(sku) })),
  }
}
