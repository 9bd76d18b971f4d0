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
import { findOwn, lockOwn, type Owned, ownProduct, personOf } from './catalog.ts'
import type { CatalogNeeds } from './needs.ts'
import { decideSkuChanges, decideSkus, isKnownToBuyers } from './rules.ts'
import { lockProduct, pricesNow, productsByIds, skuIdsOf } from './store.ts'
import * as store from './store-write.ts'
import { shownOf, workingCopy } from './views.ts'

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
    addDraft(needs, tx, { ...bodyOf(needs, draft), id: draft.id, shopId: draft.shopId, actor }),
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
    const copy = await workingCopy(needs, tx, await findOwn(tx, { shopId, id }))
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
  await needs.classification.holdTree(tx)
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
    await edit(needs, tx, { present, body: bodyOf(needs, draft), actor })
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
  await needs.classification.holdTree(tx)
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
  const { addedIds, retiredIds } = decideSkuChanges(await skuIdsOf(tx, id), skus)
  if (!(await store.putSkus(tx, id, skus))) throw fail('product.skus_clash')
  await store.retireSkus(tx, retiredIds)
  const product = must((await productsByIds(tx, [id]))[0], 'the product')
  const { shopId, versionId, version: number } = product
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
  const shown = await shownOf(needs, tx, product)
  await needs.snapshot.keep(tx, { versionId, productId: id, number, shown, by })
  await needs.pricehistory.note(tx, { prices: await pricesNow(tx, [id]), by })
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
  const inText = needs.richtext.filesIn(wish.detail)
  await needs.files.requireFiles(tx, [...wish.pictureFileIds, ...pictures, ...inText])
  await needs.files.requireVideos(tx, wish.videoFileId ? [wish.videoFileId] : [])
  await needs.classification.requireNew(tx, wish, wish.present)
  await requireTemplate(needs, tx, wish)
  return {
    skus: await needs.pricehistory.withBasis(tx, wish.skus),
    categoryIds: await needs.classification.lineOf(tx, wish.categoryId),
  }
}

/** As with its classes: a template that was there when it was chosen may be gone. */
async function requireTemplate(
  { hasFreightTemplate }: CatalogNeeds,
  tx: Tx,
  { present, shopId, freightTemplateId: id }: Wish,
): Promise<void> {
  if (id === null || id === present?.freightTemplateId) return
  if (!(await hasFreightTemplate(tx, { shopId, id }))) throw fail('product.unknown_reference')
}
