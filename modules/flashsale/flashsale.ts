import { requireShop } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type {
  FlashSale,
  FlashSaleCard,
  FlashSalePlan,
  FlashSaleState,
} from '@kaibo/contract/offer/flashsale'
import type { Database, Db, Tx } from '@kaibo/db/database'
import type { Clock } from '@kaibo/kernel/clock'
import { type Id, newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import type { Catalog } from '@kaibo/modules/catalog'
import type { Live } from '@kaibo/modules/live'
import type { Stock } from '@kaibo/modules/stock'
import { allot, begin, type LifeNeeds, stop, tell } from './life.ts'
import { decidePlan } from './rules.ts'
import * as store from './store.ts'
import { cardsOf, salesOf, type ViewNeeds } from './views.ts'

export type FlashSaleNeeds = LifeNeeds &
  ViewNeeds & {
    database: Database
    clock: Clock
    stock: Pick<Stock, 'allot' | 'returnPool' | 'poolLevels' | 'levelsBySku'>
    catalog: Pick<Catalog, 'skusByIds' | 'skusOfProducts'>
    live: Pick<Live, 'facts' | 'isInRoom'>
    /** Products in the bag of a room. */
    bagOf(db: Db, liveId: Id): Promise<readonly Id[]>
  }

type Owned = { shopId: Id; id: Id }

/** Sales on one public page, and how long before their start they are shown. */
const showingMax = 20
const comingSec = 48 * 3_600

/** Sales that run or are about to: of everybody, of a shop, or of a room with its own. */
export async function showing(
  needs: FlashSaleNeeds,
  { shopId, liveId }: { shopId?: Id; liveId?: Id },
): Promise<{ items: FlashSaleCard[]; now: string }> {
  const { db } = needs.database
  const now = needs.clock.now().toISOString()
  const room = liveId === undefined ? null : await needs.live.facts(db, liveId)
  if (liveId !== undefined && !room) return { items: [], now }
  const place = { shopId: room?.shopId ?? shopId ?? null, liveId: room?.id ?? null }
  const sales = await store.showingSales(db, { ...place, comingSec, limit: showingMax })
  return { items: await cardsOf(needs, db, sales), now }
}

/** Sales of a shop, newest first. */
export async function listOfShop(
  needs: FlashSaleNeeds,
  actor: Actor,
  query: { shopId: Id; state?: FlashSaleState; q?: string } & PageQuery,
): Promise<Page<FlashSale>> {
  requireShop(actor, 'promotion.manage', query.shopId)
  const { db } = needs.database
  const { items, next } = await store.pageOfSales(db, query)
  return { items: await salesOf(needs, db, items), next }
}

/** One sale of a shop. Throws `flashsale.not_found`. */
export async function view(needs: FlashSaleNeeds, actor: Actor, at: Owned): Promise<FlashSale> {
  requireShop(actor, 'promotion.manage', at.shopId)
  return viewOf(needs, at)
}

export async function viewOf(needs: FlashSaleNeeds, at: Owned): Promise<FlashSale> {
  const { db } = needs.database
  const [sale] = await salesOf(needs, db, [own(at, await store.saleById(db, at.id))])
  return must(sale, 'a view of each')
}

/** A sale of this shop: one of another is as unknown as none at all. */
function own({ shopId }: Owned, sale: store.SaleRow | undefined): store.SaleRow {
  if (sale?.shopId !== shopId) throw fail('flashsale.not_found')
  return sale
}

/**
 * Plans a sale; the same request again answers with the sale. Throws `product.not_found`,
 * `live.not_found`, `flashsale.plan_invalid`, `flashsale.overlap`, or `flashsale.not_found` for an
 * id that is another shop's.
 */
export async function create(
  needs: FlashSaleNeeds,
  actor: Actor,
  plan: Owned & FlashSalePlan,
): Promise<FlashSale> {
  requireShop(actor, 'promotion.manage', plan.shopId)
  const productOf = await checkPlan(needs, plan)
  await needs.database.tx(async tx => {
    await store.lockPlans(tx, plan.shopId)
    if (await store.insertSale(tx, plan)) await writeItems(tx, plan, productOf)
  })
  return view(needs, actor, plan)
}

/** Plans a sale anew. Throws what {@link create} throws, and `flashsale.wrong_state` once it started. */
export async function update(
  needs: FlashSaleNeeds,
  actor: Actor,
  plan: Owned & FlashSalePlan,
): Promise<FlashSale> {
  await view(needs, actor, plan)
  const productOf = await checkPlan(needs, plan)
  await needs.database.tx(async tx => {
    await store.lockPlans(tx, plan.shopId)
    if (!(await store.replanSale(tx, plan))) throw fail('flashsale.wrong_state')
    await writeItems(tx, plan, productOf)
  })
  return view(needs, actor, plan)
}

/** The product of each SKU, when the plan is one that the shop may have. */
async function checkPlan(
  { database: { db }, catalog, live, clock }: FlashSaleNeeds,
  plan: Owned & FlashSalePlan,
): Promise<ReadonlyMap<Id, Id>> {
  const skus = await catalog.skusByIds(
    db,
    plan.items.map(item => item.skuId),
  )
  decidePlan(plan, { shopId: plan.shopId, skus, now: clock.now() })
  if (plan.liveId !== null && (await live.facts(db, plan.liveId))?.shopId !== plan.shopId)
    throw fail('live.not_found')
  return new Map(skus.map(sku => [sku.skuId, sku.productId]))
}

/** Sets what a sale sells. Throws `flashsale.overlap`. */
export async function writeItems(
  tx: Tx,
  plan: Owned & FlashSalePlan,
  productOf: ReadonlyMap<Id, Id>,
): Promise<void> {
  await store.setItems(tx, plan, productOf)
  const skuIds = await store.overlapping(tx, plan.id)
  if (skuIds.length > 0) throw fail('flashsale.overlap', { skuIds })
  await tell(tx, plan.id)
}

/**
 * Starts a sale now. Throws `flashsale.not_found`, `flashsale.wrong_state`, `flashsale.overlap`, or
 * `flashsale.stock_short` when the shelf has less than the quota.
 */
export async function startNow(needs: FlashSaleNeeds, actor: Actor, at: Owned): Promise<FlashSale> {
  await view(needs, actor, at)
  await needs.database.tx(async tx => {
    await store.lockPlans(tx, at.shopId)
    const sale = await store.lockSale(tx, at.id)
    if (sale?.state === 'running') return
    if (sale?.state !== 'scheduled' || sale.endsAt <= sale.now) throw fail('flashsale.wrong_state')
    await store.beginNow(tx, at.id)
    const skuIds = await store.overlapping(tx, at.id)
    if (skuIds.length > 0) throw fail('flashsale.overlap', { skuIds })
    await begin(needs, tx, at.id)
  })
  return view(needs, actor, at)
}

/**
 * Raises the quota of one item; goods for a sale that runs leave the shelf at once. Throws
 * `flashsale.not_found`, `flashsale.wrong_state`, `flashsale.stock_short`, or
 * `flashsale.plan_invalid` for a quota that would shrink.
 */
export async function addQuota(
  needs: FlashSaleNeeds,
  actor: Actor,
  { skuId, quota, ...at }: Owned & { skuId: Id; quota: number },
): Promise<FlashSale> {
  await view(needs, actor, at)
  await needs.database.tx(async tx => {
    const sale = own(at, await store.lockSale(tx, at.id))
    const items = await store.itemsOfSales(tx, [at.id])
    const item = items.find(each => each.skuId === skuId)
    if (!item || quota < item.quota) throw fail('flashsale.plan_invalid', { field: 'quota' })
    if (sale.state !== 'running' && sale.state !== 'scheduled') throw fail('flashsale.wrong_state')
    if (quota === item.quota) return
    await store.setQuota(tx, { saleId: at.id, skuId, quota })
    if (sale.state === 'running')
      await allot(needs, tx, [
        { skuId, poolId: at.id, quantity: quota - item.quota, causeId: newId() },
      ])
    await tell(tx, at.id)
  })
  return view(needs, actor, at)
}

/** Ends a sale, or cancels one that has not started; over already, it stays as it is. */
export async function end(needs: FlashSaleNeeds, actor: Actor, at: Owned): Promise<FlashSale> {
  await view(needs, actor, at)
  await needs.database.tx(tx => stop(needs, tx, at.id))
  return view(needs, actor, at)
}
