import { requireShop } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import { type NewProduct, type OwnProduct, productsChanged } from '@kaibo/contract/goods/catalog'
import type { Tx } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import { type Id, newId } from '@kaibo/kernel/ids'
import {
  type Body,
  bodyOf,
  type HeldChange,
  type Product,
  type ProductDraft,
  splitEdit,
  withHeld,
} from './body.ts'
import { findOwn, type Owned, ownProduct, personOf } from './catalog.ts'
import type { CatalogNeeds } from './needs.ts'
import { decideSkuChanges, decideSkus, isKnownToBuyers } from './rules.ts'
import { lockProducts, pricesNow, productsByIds, skuIdsOf } from './store.ts'
import * as store from './store-write.ts'
import { shownOf, workingCopy } from './views.ts'

/** Adds a draft under the id it carries; the same id again changes nothing. See {@link addDrafts}. */
export async function createProduct(
  needs: CatalogNeeds,
  actor: Actor,
  draft: { shopId: Id } & NewProduct,
): Promise<OwnProduct> {
  requireShop(actor, 'catalog.manage', draft.shopId)
  await needs.database.tx(tx => addDrafts(needs, tx, { drafts: [draft], by: personOf(actor) }))
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
    await addDrafts(needs, tx, { drafts: [{ ...copy, id: copyId, skus }], by: personOf(actor) })
  })
  return ownProduct(needs, { shopId, id: copyId })
}

export type Drafts = { drafts: readonly ({ shopId: Id } & NewProduct)[]; by: Id | null }

/**
 * Adds drafts, all or none; one that is there already stays as it is. Throws `product.skus_clash`,
 * `product.strike_without_basis`, `product.unknown_reference`, `file.not_found`, or
 * `product.not_found` for an id that another shop uses.
 */
export async function addDrafts(
  needs: CatalogNeeds,
  tx: Tx,
  { drafts, by }: Drafts,
): Promise<void> {
  await needs.classification.holdTree(tx)
  const wishes = drafts.map(draft => {
    const { id, shopId } = draft
    return { ...bodyOf(needs, draft), id, shopId, present: null }
  })
  const added = await store.insertProducts(tx, await check(needs, tx, wishes))
  if (added.length > 0) await finish(needs, tx, { bodies: added, by })
  const shopOf = new Map(drafts.map(({ id, shopId }) => [id, shopId]))
  const known = await productsByIds(tx, [...shopOf.keys()])
  if (known.some(({ id, shopId }) => shopOf.get(id) !== shopId)) throw fail('product.not_found')
}

/**
 * Replaces everything but stock; a SKU that is left out is retired. Throws what
 * {@link updateProducts} throws.
 */
export async function updateProduct(
  needs: CatalogNeeds,
  actor: Actor,
  draft: Update,
): Promise<OwnProduct> {
  requireShop(actor, 'catalog.manage', draft.shopId)
  await needs.database.tx(tx => updateProducts(needs, tx, { drafts: [draft], by: personOf(actor) }))
  return ownProduct(needs, draft)
}

type Update = Owned & ProductDraft & { version?: number }
export type Updates = { drafts: readonly Update[]; by: Id | null }

/**
 * The same for many products, all or none. Throws `product.not_found`, `product.changed` and what
 * {@link addDrafts} throws.
 */
export async function updateProducts(
  needs: CatalogNeeds,
  tx: Tx,
  { drafts, by }: Updates,
): Promise<void> {
  await needs.classification.holdTree(tx)
  const locked = await lockProducts(
    tx,
    drafts.map(draft => draft.id),
  )
  const byId = new Map(locked.map(product => [product.id, product]))
  const edits = drafts.map(({ version, ...draft }) => {
    const present = byId.get(draft.id)
    if (present?.shopId !== draft.shopId) throw fail('product.not_found')
    if (version !== undefined && version !== present.version)
      throw fail('product.changed', { version: present.version })
    return { present, body: bodyOf(needs, draft) }
  })
  await edit(needs, tx, { edits, by })
}

type Edits = { edits: readonly { present: Product; body: Body }[]; by: Id | null }

/** Applies edits to locked products; where the platform reviews, key fields wait for it. */
export async function edit(needs: CatalogNeeds, tx: Tx, { edits, by }: Edits): Promise<void> {
  const split = edits.map(({ present, body }) => {
    const isWaiting = needs.isReviewRequired && isKnownToBuyers(present.state)
    const { now, held } = isWaiting ? splitEdit(present, body) : { now: body, held: null }
    return { present, body: now, held, product: { ...present, ...body } }
  })
  await write(needs, tx, { edits: split, by })
  for (const { present, body, held, product } of split) {
    if (held) await hold(needs, tx, { present: { ...present, ...body }, held, by })
    else if (present.held) {
      await store.holdChange(tx, present.id, null)
      await needs.review.withdraw(tx, present.id)
    }
    // Approved was what nobody has seen since.
    if (needs.isReviewRequired && present.state === 'approved')
      await submitForReview(needs, tx, { product, by })
  }
}

type Hold = { present: Product; held: HeldChange; by: Id | null }

async function hold(needs: CatalogNeeds, tx: Tx, { present, held, by }: Hold): Promise<void> {
  const { id, shopId } = present
  await check(needs, tx, [{ ...withHeld(present, held), id, shopId, present }])
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
  const [present] = await lockProducts(tx, [productId])
  if (!present) return
  if (!present.held) {
    const state = isApproved ? 'approved' : 'rejected'
    await store.moveStates(tx, { ids: [productId], sources: ['in_review'], state })
    return
  }
  await store.holdChange(tx, productId, null)
  if (!isApproved) return
  const body = withHeld(present, present.held)
  await write(needs, tx, { edits: [{ present, body }], by: null })
}

/** Replaces the bodies of locked products: their next versions. */
async function write(needs: CatalogNeeds, tx: Tx, { edits, by }: Edits): Promise<void> {
  const wishes = edits.map(({ present, body }) => {
    const { id, shopId } = present
    return { ...body, id, shopId, present }
  })
  const bodies = await check(needs, tx, wishes)
  for (const body of bodies) await store.updateProduct(tx, body)
  await finish(needs, tx, { bodies, by })
  const known = edits.filter(({ present }) => isKnownToBuyers(present.state))
  const productIds = known.map(({ present }) => present.id)
  if (productIds.length > 0) await publish(tx, productsChanged, { productIds })
}

type Finish = { bodies: readonly store.Written[]; by: Id | null }

/** What follows the rows of products: SKUs, their stock and prices, and the versions to keep. */
async function finish(needs: CatalogNeeds, tx: Tx, { bodies, by }: Finish): Promise<void> {
  const ids = bodies.map(body => body.id)
  const wanted = bodies.flatMap(body => body.skus)
  const { addedIds, retiredIds } = decideSkuChanges(await skuIdsOf(tx, ids), wanted)
  if (!(await store.putSkus(tx, bodies))) throw fail('product.skus_clash')
  await store.retireSkus(tx, retiredIds)
  const added = new Set(addedIds)
  const openings = bodies.flatMap(({ id: productId, shopId, skus }) =>
    skus
      .filter(sku => added.has(sku.id))
      .map(sku => ({ skuId: sku.id, productId, shopId, onHand: sku.initialStock, actorId: by })),
  )
  await needs.stock.open(tx, openings)
  const versions = []
  for (const product of await productsByIds(tx, ids)) {
    const { id: productId, versionId, version: number } = product
    versions.push({ versionId, productId, number, shown: await shownOf(needs, tx, product), by })
  }
  await needs.snapshot.keep(tx, versions)
  await needs.pricehistory.note(tx, { prices: await pricesNow(tx, ids), by })
}

type Wish = Body & Owned & { present: Product | null }

/** Judges bodies: matrix, struck-through prices, and that all they refer to is there. */
async function check(
  needs: CatalogNeeds,
  tx: Tx,
  wishes: readonly Wish[],
): Promise<store.Written[]> {
  for (const wish of wishes) decideSkus(wish.skus)
  const pictures = wishes.flatMap(({ pictureFileIds, skus, detail }) => [
    ...[...pictureFileIds, ...needs.richtext.filesIn(detail)],
    ...skus.flatMap(sku => sku.pictureFileId ?? []),
  ])
  await needs.files.requireFiles(tx, pictures)
  await needs.files.requireVideos(
    tx,
    wishes.flatMap(wish => wish.videoFileId ?? []),
  )
  const checked: store.Written[] = []
  // What an edit leaves as it is asks nothing.
  for (const { present, ...wish } of wishes) {
    const { categoryId } = wish
    await needs.classification.requireNew(tx, wish, present)
    await requireTemplate(needs, tx, { ...wish, present })
    const skus = await needs.pricehistory.withBasis(tx, wish.skus)
    const isMoved = categoryId !== present?.categoryId
    const categoryIds = isMoved
      ? await needs.classification.lineOf(tx, categoryId)
      : present.categoryIds
    checked.push({ ...wish, skus, categoryIds })
  }
  return checked
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
