import { isDeepStrictEqual } from 'node:util'
import { requireShop } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import {
  type FreightPlan,
  type FreightTemplate,
  freightTemplatesMax,
} from '@kaibo/contract/trade/freight'
import type { Database, Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { type Fen, zeroFen } from '@kaibo/kernel/money'
import type { Catalog, SkuFacts } from '@kaibo/modules/catalog'
import type { PriceSku, ShippingOf } from '@kaibo/modules/price'
import { decidePlan, shippingOf } from './rules.ts'
import * as store from './store.ts'

export type FreightNeeds = { database: Database; catalog: Pick<Catalog, 'skusByIds'> }

type Owned = { shopId: Id; id: Id }

/** All templates of a shop, the default one first. */
export async function listTemplates(
  { database }: FreightNeeds,
  actor: Actor,
  { shopId }: { shopId: Id },
): Promise<{ items: FreightTemplate[] }> {
  requireShop(actor, 'catalog.read', shopId)
  return { items: (await store.templatesOfShop(database.db, shopId)).map(viewOf) }
}

/**
 * Adds a template under the id it carries; the same id again changes nothing. The first one of a
 * shop is its default. Throws `freight.regions_clash`, `freight.too_many`, or `freight.not_found`
 * for an id of another shop.
 */
export async function createTemplate(
  { database }: FreightNeeds,
  actor: Actor,
  { shopId, id, ...plan }: Owned & FreightPlan,
): Promise<FreightTemplate> {
  requireShop(actor, 'catalog.manage', shopId)
  decidePlan(plan)
  await database.tx(async tx => {
    await store.lockShop(tx, shopId)
    const known = await store.templatesOfShop(tx, shopId)
    if (known.some(template => template.id === id)) return
    if (known.length >= freightTemplatesMax) throw fail('freight.too_many', { freightTemplatesMax })
    if (await store.insertTemplate(tx, { id, shopId, isDefault: known.length === 0 }))
      await store.addVersion(tx, { id, version: 1, plan })
  })
  return viewOf(await requireTemplate(database.db, { shopId, id }))
}

/**
 * What a template says for new orders; saying the same again makes no new version. Throws
 * `freight.not_found` or `freight.regions_clash`.
 */
export const updateTemplate = (
  needs: FreightNeeds,
  actor: Actor,
  { shopId, id, ...plan }: Owned & FreightPlan,
): Promise<FreightTemplate> => {
  decidePlan(plan)
  return change(needs, { actor, shopId, id }, async (tx, template) => {
    if (isDeepStrictEqual(template.plan, plan)) return
    await store.addVersion(tx, { id, version: template.version + 1, plan })
  })
}

/** Goods that name no template go by this one. Throws `freight.not_found`. */
export const setDefault = (
  needs: FreightNeeds,
  actor: Actor,
  owned: Owned,
): Promise<FreightTemplate> =>
  change(needs, { actor, ...owned }, tx => store.moveDefault(tx, owned))

/** Throws `freight.not_found` or `freight.default_stays`. */
export async function removeTemplate(
  { database }: FreightNeeds,
  actor: Actor,
  owned: Owned,
): Promise<void> {
  requireShop(actor, 'catalog.manage', owned.shopId)
  await database.tx(async tx => {
    await store.lockShop(tx, owned.shopId)
    const { isDefault } = await requireTemplate(tx, owned)
    if (isDefault) throw fail('freight.default_stays')
    await store.removeTemplate(tx, owned.id)
  })
}

/** What an order asks: the shops and goods to be sent, and where to. */
export type ShippingAsk = {
  regionCode: string | null
  skus: readonly Pick<PriceSku, 'shopId' | 'freightTemplateId'>[]
}

/** For each ask what sending costs, or null while nobody has said where to. */
export async function shippingFor(
  db: Db,
  asks: readonly ShippingAsk[],
): Promise<(ShippingOf | null)[]> {
  const skus = asks.filter(ask => ask.regionCode !== null).flatMap(ask => ask.skus)
  const ids = new Set(skus.map(sku => sku.freightTemplateId).filter(id => id !== null))
  const shopIds = new Set(skus.map(sku => sku.shopId))
  const templates =
    skus.length > 0 ? await store.chargingFor(db, { ids: [...ids], shopIds: [...shopIds] }) : []
  return asks.map(({ regionCode }) => (regionCode ? shippingOf(templates, regionCode) : null))
}

/** Goods of one shop that were ordered; amounts after the shop's offers, before coupons and points. */
export type OrderedGoods = {
  shopId: Id
  lines: readonly { skuId: Id; quantity: number; amountFen: Fen }[]
}

/**
 * What sending these goods to another region costs now. Throws `order.region_refused` or
 * `freight.unreachable`, with the SKUs.
 */
export async function shippingTo(
  { catalog }: FreightNeeds,
  db: Db,
  { goods, regionCode }: { goods: OrderedGoods; regionCode: string },
): Promise<Fen> {
  const skus = await catalog.skusByIds(
    db,
    goods.lines.map(line => line.skuId),
  )
  const refused = skus.filter(sku => !isSoldTo(sku, regionCode))
  if (refused.length > 0)
    throw fail('order.region_refused', { skuIds: refused.map(sku => sku.skuId) })
  const [costOf] = await shippingFor(db, [{ regionCode, skus }])
  const facts = new Map(skus.map(sku => [sku.skuId, sku]))
  const items = goods.lines.flatMap(line => {
    const sku = facts.get(line.skuId)
    return sku && !sku.isVirtual ? [{ ...sku, ...line }] : []
  })
  return costOf?.(goods.shopId, items) ?? zeroFen
}

const isSoldTo = (sku: Pick<SkuFacts, 'regionCodes'>, regionCode: string): boolean =>
  sku.regionCodes === null || sku.regionCodes.some(prefix => regionCode.startsWith(prefix))

async function change(
  { database }: Pick<FreightNeeds, 'database'>,
  { actor, ...owned }: Owned & { actor: Actor },
  act: (tx: Tx, template: store.TemplateRow) => Promise<void>,
): Promise<FreightTemplate> {
  requireShop(actor, 'catalog.manage', owned.shopId)
  return database.tx(async tx => {
    await store.lockShop(tx, owned.shopId)
    await act(tx, await requireTemplate(tx, owned))
    return viewOf(await requireTemplate(tx, owned))
  })
}

async function requireTemplate(db: Db, owned: Owned): Promise<store.TemplateRow> {
  const template = await store.templateById(db, owned)
  if (!template) throw fail('freight.not_found')
  return template
}

const viewOf = ({ plan, updatedAt, ...template }: store.TemplateRow): FreightTemplate => ({
  ...template,
  ...plan,
  updatedAt: updatedAt.toISOString(),
})
