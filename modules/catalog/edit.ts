import { type NewProduct, type OwnProduct, productsChanged } from '@kaibo/contract/catalog'
import { requireShop } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { Tx } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import { type Id, newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import {
  type Body,
  bodyOf,
  type HeldChange,
  type Product,
  type ProductDraft,
  splitEdit,
  withHeld,
} from './body.ts'
import { lockOwn, type Owned, ownProduct, personOf } from './catalog.ts'
import type { CatalogNeeds } from './needs.ts'
import { decideSkuChanges, decideSkus, decideStrikes, isKnownToBuyers } from './rules.ts'
import { lockProduct, productsByIds } from './store.ts'
import { keepVersion, lowestBefore, notePrices } from './store-history.ts'
import * as store from './store-write.ts'
import { filesIn } from './text/rich-text.ts'
import { keptPageOf, lineOf, workingCopy } from './views.ts'

/**
 * Adds a draft under the id it carries; the same id again changes nothing. Throws
 * `product.skus_clash`, `product.strike_without_basis`, `product.unknown_reference` or
 * `file.not_found`.
 */
export async function createProduct(
  needs: CatalogNeeds,
  actor: Actor,
  draft: { shopId: Id } & NewProduct,
): Promise<OwnProduct> {
  requireShop(actor, 'catalog.manage', draft.shopId)
  await needs.database.tx(tx =>
    addDraft(needs, tx, { ...bodyOf(draft), id: draft.id, shopId: draft.shopId, actor }),
  )
  return ownProduct(needs, draft)
}

/** A draft like another product, with variants of its own and nothing in stock. */
export async function copyProduct(
  needs: CatalogNeeds,
  actor: Actor,
  { shopId, id, copyId }: Owned & { copyId: Id },
): Promise<OwnProduct> {
  requireShop(actor, 'catalog.manage', shopId)
  await needs.database.tx(async tx => {
    const [product] = await productsByIds(tx, [id])
    if (product?.shopId !== shopId) throw fail('product.not_found')
    const copy = await workingCopy(needs, tx, product)
    const skus = copy.skus.map(sku => ({
      ...sku,
      id: newId(),
      // Its own history does not exist yet.
      strike: sku.strike?.basis === 'list_price' ? sku.strike : null,
    }))
    await addDraft(needs, tx, { ...copy, id: copyId, skus, actor })
  })
  return ownProduct(needs, { shopId, id: copyId })
}

async function addDraft(
  needs: CatalogNeeds,
  tx: Tx,
  { actor, ...draft }: Body & Owned & { actor: Actor },
): Promise<void> {
  await needs.category.holdTree(tx)
  const body = await check(needs, tx, { ...draft, present: null })
  if (await store.insertProduct(tx, { ...draft, ...body })) {
    return finish(needs, tx, { id: draft.id, skus: body.skus, by: personOf(actor) })
  }
  // An id in use by another shop answers as if there were nothing there.
  const [known] = await productsByIds(tx, [draft.id])
  if (known?.shopId !== draft.shopId) throw fail('request.not_found')
}

/**
 * Replaces everything but stock; a SKU that is left out is retired. Throws `product.not_found`,
 * `product.changed` and whatever {@link createProduct} throws.
 */
export async function updateProduct(
  needs: CatalogNeeds,
  actor: Actor,
  { version, ...draft }: Owned & ProductDraft & { version?: number },
): Promise<OwnProduct> {
  requireShop(actor, 'catalog.manage', draft.shopId)
  await needs.database.tx(async tx => {
    const present = await lockOwn(needs, tx, draft)
    if (version !== undefined && version !== present.version) {
      throw fail('product.changed', { version: present.version })
    }
    await edit(needs, tx, { present, body: bodyOf(draft), actor })
  })
  return ownProduct(needs, draft)
}

type Edit = { present: Product; body: Body; actor: Actor }

/** Applies an edit to a locked product; where the platform reviews, key fields wait for it. */
export async function edit(
  needs: CatalogNeeds,
  tx: Tx,
  { present, body, actor }: Edit,
): Promise<void> {
  const isWaiting = needs.isReviewRequired && isKnownToBuyers(present.state)
  const { now, held } = isWaiting ? splitEdit(present, body) : { now: body, held: null }
  const by = personOf(actor)
  await write(needs, tx, { present, body: now, by })
  if (held) await hold(needs, tx, { present: { ...present, ...now }, held, by })
  else if (present.held) {
    await store.holdChange(tx, present.id, null)
    await needs.review.withdraw(tx, present.id)
  }
  // Approved was what nobody has seen since.
  if (needs.isReviewRequired && present.state === 'approved') {
    await submitForReview(needs, tx, { product: { ...present, ...body }, by })
  }
}

type Hold = { present: Product; held: HeldChange; by: Id | null }

async function hold(needs: CatalogNeeds, tx: Tx, { present, held, by }: Hold): Promise<void> {
  const { id, shopId } = present
  const wished = withHeld(present, held)
  await check(needs, tx, { ...wished, shopId, present })
  await store.holdChange(tx, id, held)
  const { title } = held.key
  await needs.review.submit(tx, { productId: id, shopId, title, isChange: true, by })
}

/** Hands a product in that buyers do not know. */
export async function submitForReview(
  needs: CatalogNeeds,
  tx: Tx,
  { product, by }: { product: Product; by: Id | null },
): Promise<void> {
  const { id, shopId, title, state } = product
  await store.moveStates(tx, { ids: [id], sources: [state], state: 'in_review' })
  await needs.review.submit(tx, { productId: id, shopId, title, isChange: false, by })
}

/** Does to a product what the platform decided about what was handed in. */
export async function settle(
  needs: CatalogNeeds,
  tx: Tx,
  { productId, isApproved }: { productId: Id; isApproved: boolean },
): Promise<void> {
  await needs.category.holdTree(tx)
  const present = await lockProduct(tx, productId)
  if (!present) return
  if (!present.held) {
    const state = isApproved ? 'approved' : 'rejected'
    await store.moveStates(tx, { ids: [productId], sources: ['in_review'], state })
    return
  }
  await store.holdChange(tx, productId, null)
  if (!isApproved) return
  await write(needs, tx, { present, body: withHeld(present, present.held), by: null })
}

type Write = { present: Product; body: Body; by: Id | null }

/** Replaces the body of a locked product: the next version. */
async function write(needs: CatalogNeeds, tx: Tx, { present, body, by }: Write): Promise<void> {
  const { id, shopId } = present
  const checked = await check(needs, tx, { ...body, shopId, present })
  await store.updateProduct(tx, { ...body, ...checked, id })
  await finish(needs, tx, { id, skus: checked.skus, by })
  if (isKnownToBuyers(present.state)) await publish(tx, productsChanged, { productIds: [id] })
}

/** What follows the row of a product: its SKUs, their stock and prices, and the version to keep. */
async function finish(
  needs: CatalogNeeds,
  tx: Tx,
  { id, skus, by }: { id: Id; skus: Body['skus']; by: Id | null },
): Promise<void> {
  const { addedIds, retiredIds } = decideSkuChanges(await store.skuIdsOf(tx, id), skus)
  if (!(await store.putSkus(tx, id, skus))) throw fail('product.skus_clash')
  await store.retireSkus(tx, retiredIds)
  const [product] = await productsByIds(tx, [id])
  const { shopId } = must(product, 'the product')
  const added = skus.filter(sku => addedIds.includes(sku.id))
  await needs.stock.open(
    tx,
    added.map(sku => ({
      skuId: sku.id,
      productId: id,
      shopId,
      onHand: sku.initialStock,
      actorId: by,
    })),
  )
  const page = await keptPageOf(needs, tx, must(product, 'the product'))
  await keepVersion(tx, { productId: id, page, by })
  await notePrices(tx, { productIds: [id], by })
}

type Wish = Body & { shopId: Id; present: Product | null }

/** Judges a body: its matrix, its struck-through prices, and that all it refers to is there. */
async function check(
  needs: CatalogNeeds,
  tx: Tx,
  wish: Wish,
): Promise<{ skus: Body['skus']; categoryIds: Id[] }> {
  decideSkus(wish.skus)
  const pictures = wish.skus.flatMap(sku => (sku.pictureFileId ? [sku.pictureFileId] : []))
  await needs.files.requireFiles(tx, [...wish.pictureFileIds, ...pictures, ...filesIn(wish.detail)])
  await needs.files.requireVideos(tx, wish.videoFileId ? [wish.videoFileId] : [])
  await requireReferences(needs, tx, wish)
  const own = wish.skus.filter(sku => sku.strike?.basis === 'lowest_30_days')
  return {
    skus: decideStrikes(wish.skus, await lowestBefore(tx, own)),
    categoryIds: await lineOf(needs, tx, wish.categoryId),
  }
}

/** What was there when it was chosen may be gone: only new choices are judged. */
async function requireReferences(
  { brand, category, tag, hasFreightTemplate }: CatalogNeeds,
  tx: Tx,
  { present, shopId, brandId, categoryId, tagIds, freightTemplateId }: Wish,
): Promise<void> {
  const newTags = tagIds.filter(id => !present?.tagIds.includes(id))
  const isNew = (id: Id | null, known: Id | null | undefined): id is Id =>
    id !== null && id !== known
  const found = await Promise.all([
    !isNew(brandId, present?.brandId) || (await brand.brandsByIds(tx, [brandId])).length > 0,
    !isNew(categoryId, present?.categoryId) ||
      (await category.categoriesByIds(tx, [categoryId])).length > 0,
    (await tag.tagsByIds(tx, { shopId, ids: newTags })).length === newTags.length,
    !isNew(freightTemplateId, present?.freightTemplateId) ||
      (await hasFreightTemplate(tx, { shopId, id: freightTemplateId })),
  ])
  if (found.includes(false)) throw fail('product.unknown_reference')
}
