import { requireShop } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type {
  Promotion,
  PromotionGoods,
  PromotionKind,
  PromotionPlan,
  PromotionState,
} from '@kaibo/contract/offer/promotion'
import type { Database, Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import type { Catalog, SkuFacts } from '@kaibo/modules/catalog'
import type { Stock } from '@kaibo/modules/stock'
import { decideOverlap } from './overlap.ts'
import { decidePlan, namedSkuIds, productIdsOf, scopeOf } from './rules.ts'
import * as store from './store.ts'

export type PromotionNeeds = {
  database: Database
  catalog: Pick<Catalog, 'skusByIds' | 'productsByIds' | 'cardsByIds'>
  stock: Pick<Stock, 'levelsBySku'>
}

type Owned = { shopId: Id; id: Id }

/** Published and not over, in one shop. */
const openMax = 100

/** Promotions of a shop, newest first. */
export async function listPromotions(
  { database }: PromotionNeeds,
  actor: Actor,
  query: { shopId: Id; kind?: PromotionKind; state?: PromotionState; q?: string } & PageQuery,
): Promise<Page<Promotion>> {
  requireShop(actor, 'promotion.manage', query.shopId)
  const { shopId, kind, state, q: text, ...page } = query
  const rows = await store.pageOfShop(database.db, { shopId, kind, state, text, page })
  return { ...rows, items: rows.items.map(viewOf) }
}

/** One promotion with the goods and products it names. Throws `promotion.not_found`. */
export async function viewPromotion(
  needs: PromotionNeeds,
  actor: Actor,
  owned: Owned,
): Promise<{
  promotion: Promotion
  goods: PromotionGoods[]
  products: { id: Id; title: string }[]
}> {
  requireShop(actor, 'promotion.manage', owned.shopId)
  const promotion = await requirePromotion(needs.database.db, owned)
  const scope = scopeOf(promotion.rules)
  const productIds = scope?.only === 'products' ? scope.ids : []
  const cards = await needs.catalog.cardsByIds(needs.database.db, productIds)
  return {
    promotion: viewOf(promotion),
    goods: await goodsOf(needs, namedSkuIds(promotion.rules)),
    products: cards.map(({ id, title }) => ({ id, title })),
  }
}

/**
 * Drafts a promotion under the id it carries; the same id again changes nothing. Throws
 * `promotion.plan_invalid`, `product.not_found`, or `promotion.not_found` for an id of another shop.
 */
export async function createPromotion(
  needs: PromotionNeeds,
  actor: Actor,
  { shopId, id, ...plan }: Owned & PromotionPlan,
): Promise<Promotion> {
  requireShop(actor, 'promotion.manage', shopId)
  return needs.database.tx(async tx => {
    await store.insertDraft(tx, await decidedRow(needs, tx, { shopId, id, plan }))
    return viewOf(await requirePromotion(tx, { shopId, id }))
  })
}

/**
 * Plans anew what has not started. Throws `promotion.not_found`, `promotion.wrong_state`,
 * `promotion.plan_invalid`, `product.not_found` or `promotion.overlap`.
 */
export const updatePromotion = (
  needs: PromotionNeeds,
  actor: Actor,
  { shopId, id, ...plan }: Owned & PromotionPlan,
): Promise<Promotion> =>
  change(needs, { actor, shopId, id }, async (tx, { state, rules }) => {
    if (state !== 'draft' && state !== 'scheduled') throw fail('promotion.wrong_state', { state })
    if (rules.kind !== plan.rules.kind) throw fail('promotion.plan_invalid', { field: 'kind' })
    const row = await decidedRow(needs, tx, { shopId, id, plan })
    if (state === 'scheduled') await requireRoom(needs, tx, row)
    await store.updatePlan(tx, row)
  })

/**
 * Lets a draft run in its time; one that is published already stays so. Throws
 * `promotion.not_found`, `promotion.wrong_state` for one that is over, `promotion.overlap`,
 * `promotion.too_many`, and what planning throws: goods may have changed since.
 */
export const publishPromotion = (
  needs: PromotionNeeds,
  actor: Actor,
  owned: Owned,
): Promise<Promotion> =>
  change(needs, { actor, ...owned }, async (tx, promotion) => {
    if (promotion.state === 'ended') throw fail('promotion.wrong_state', { state: 'ended' })
    if (promotion.state !== 'draft') return
    const plan = planOf(promotion)
    await requireRoom(needs, tx, await decidedRow(needs, tx, { ...owned, plan }))
    await store.publish(tx, owned.id)
  })

/** Ends a promotion now; ending it again changes nothing. Throws `promotion.wrong_state` for a draft. */
export const endPromotion = (
  needs: PromotionNeeds,
  actor: Actor,
  owned: Owned,
): Promise<Promotion> =>
  change(needs, { actor, ...owned }, async (tx, { state }) => {
    if (state === 'draft') throw fail('promotion.wrong_state', { state })
    if (state !== 'ended') await store.end(tx, owned.id)
  })

/** Throws `promotion.not_found`, or `promotion.wrong_state` for one that was published. */
export async function removePromotion(
  { database }: PromotionNeeds,
  actor: Actor,
  owned: Owned,
): Promise<void> {
  requireShop(actor, 'promotion.manage', owned.shopId)
  await database.tx(async tx => {
    await store.lockShop(tx, owned.shopId)
    const { state } = await requirePromotion(tx, owned)
    if (state !== 'draft') throw fail('promotion.wrong_state', { state })
    await store.removeDraft(tx, owned.id)
  })
}

/** Goods as promotions show them, in the order of `skuIds`. */
export async function goodsOf(
  { database, catalog, stock }: PromotionNeeds,
  skuIds: readonly Id[],
): Promise<PromotionGoods[]> {
  if (skuIds.length === 0) return []
  const facts = await catalog.skusByIds(database.db, skuIds)
  const levels = await stock.levelsBySku(database.db, skuIds)
  const bySku = new Map(facts.map(sku => [sku.skuId, sku]))
  return skuIds.flatMap(skuId => {
    const sku = bySku.get(skuId)
    return sku ? [goodsView(sku, levels.get(skuId)?.available ?? 0)] : []
  })
}

const goodsView = (sku: SkuFacts, available: number): PromotionGoods => ({
  skuId: sku.skuId,
  productId: sku.productId,
  title: sku.title,
  spec: sku.spec,
  pictureUrl: sku.pictureUrl,
  listPriceFen: sku.priceFen,
  available,
})

async function change(
  { database }: PromotionNeeds,
  { actor, ...owned }: Owned & { actor: Actor },
  act: (tx: Tx, promotion: store.PromotionRow) => Promise<void>,
): Promise<Promotion> {
  requireShop(actor, 'promotion.manage', owned.shopId)
  return database.tx(async tx => {
    await store.lockShop(tx, owned.shopId)
    await act(tx, await requirePromotion(tx, owned))
    return viewOf(await requirePromotion(tx, owned))
  })
}

/** The plan as a row, if the shop may plan it. */
async function decidedRow(
  { catalog }: PromotionNeeds,
  tx: Tx,
  { shopId, id, plan }: Owned & { plan: PromotionPlan },
): Promise<store.NewRow> {
  const skus = await catalog.skusByIds(tx, namedSkuIds(plan.rules))
  decidePlan(plan, { shopId, skus, now: await store.databaseNow(tx) })
  return {
    ...{ id, shopId, title: plan.title, rules: plan.rules },
    startsAt: new Date(plan.startsAt),
    endsAt: new Date(plan.endsAt),
    productIds: productIdsOf(plan.rules, skus),
  }
}

/** Throws `promotion.too_many` or `promotion.overlap`. */
async function requireRoom({ catalog }: PromotionNeeds, tx: Tx, row: store.NewRow): Promise<void> {
  const open = await store.openOfShop(tx, { shopId: row.shopId, exceptId: row.id })
  if (open.length >= openMax) throw fail('promotion.too_many', { openMax })
  const others = open.filter(
    other =>
      other.rules.kind === row.rules.kind &&
      other.startsAt < row.endsAt &&
      other.endsAt > row.startsAt,
  )
  const skuIds = [row, ...others].flatMap(({ rules }) => namedSkuIds(rules))
  decideOverlap(row.rules, others, await catalog.skusByIds(tx, [...new Set(skuIds)]))
}

async function requirePromotion(db: Db, owned: Owned): Promise<store.PromotionRow> {
  const promotion = await store.promotionById(db, owned)
  if (!promotion) throw fail('promotion.not_found')
  return promotion
}

const planOf = ({ title, startsAt, endsAt, rules }: store.PromotionRow): PromotionPlan => ({
  title,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
  rules,
})

const viewOf = (row: store.PromotionRow): Promotion => ({
  id: row.id,
  ...planOf(row),
  state: row.state,
  createdAt: row.createdAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
  now: row.now.toISOString(),
})
