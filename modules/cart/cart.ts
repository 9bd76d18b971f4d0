import { requirePermission, requireUser } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { ProductCard } from '@kaibo/contract/goods/catalog'
import type { Cart, DeviceLine } from '@kaibo/contract/trade/cart'
import type { Database, Db, Tx } from '@kaibo/db/database'
import { once } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import type { Shops } from '@kaibo/modules/shop'
import type { Stock } from '@kaibo/modules/stock'
import { type CartSku, cartOf, decideAdd, decideChangeSku, decideMerge } from './rules.ts'
import * as store from './store.ts'

export type CartNeeds = {
  readonly database: Database
  readonly catalog: {
    skusByIds(db: Db, ids: readonly Id[]): Promise<CartSku[]>
    cardsByIds(db: Db, ids: readonly Id[]): Promise<Pick<ProductCard, 'id' | 'state'>[]>
  }
  readonly stock: Pick<Stock, 'levelsBySku'>
  readonly shop: Pick<Shops, 'shopsByIds'>
}

type Region = { regionCode?: string | undefined }

/** How many lines there are now: what every change answers with. */
export type CartCount = { count: number }

/** The actor's cart, judged now and for the region that is asked about. */
export async function view(needs: CartNeeds, actor: Actor, region: Region): Promise<Cart> {
  const { db } = needs.database
  return viewOf(needs, await store.linesOf(db, buyerOf(actor)), region)
}

/** A visitor's cart, which lies on their device, judged now. */
export async function viewDevice(
  needs: CartNeeds,
  { lines, ...region }: Region & { lines: readonly DeviceLine[] },
): Promise<Cart> {
  return viewOf(needs, decideMerge([], lines), region)
}

export async function count({ database: { db } }: CartNeeds, actor: Actor): Promise<CartCount> {
  return { count: await store.countOf(db, buyerOf(actor)) }
}

/**
 * Puts goods in; once per `id`, however often it is asked. Throws `cart.full`, `product.not_found`,
 * `product.off_shelf`.
 */
export async function add(
  needs: CartNeeds,
  actor: Actor,
  { id, ...wanted }: { id: Id } & Pick<DeviceLine, 'skuId' | 'quantity' | 'source'>,
): Promise<CartCount> {
  return change(needs, actor, (tx, userId) =>
    once(tx, deed('add', userId, id), async () => {
      const [sku] = await needs.catalog.skusByIds(tx, [wanted.skuId])
      const line = decideAdd(await store.linesOf(tx, userId), wanted, sku)
      await store.putLines(tx, userId, [line])
    }),
  )
}

/** Sets how many are wanted. Throws `cart.line_gone`. */
export async function setQuantity(
  needs: CartNeeds,
  actor: Actor,
  wanted: { skuId: Id; quantity: number },
): Promise<CartCount> {
  return change(needs, actor, async (tx, userId) => {
    if (!(await store.setQuantity(tx, userId, wanted))) throw fail('cart.line_gone')
  })
}

/**
 * Takes another variant of the product; asked again, nothing more happens. Throws `cart.line_gone`,
 * `cart.other_product`, `product.not_found`, `product.off_shelf`.
 */
export async function changeSku(
  needs: CartNeeds,
  actor: Actor,
  { skuId, toSkuId, quantity }: { skuId: Id; toSkuId: Id; quantity: number },
): Promise<CartCount> {
  return change(needs, actor, async (tx, userId) => {
    const lines = await store.linesOf(tx, userId)
    const joined = lines.find(line => line.skuId === toSkuId && toSkuId !== skuId)
    if (!lines.some(line => line.skuId === skuId)) {
      if (joined) return
      throw fail('cart.line_gone')
    }
    const skus = await needs.catalog.skusByIds(tx, [skuId, toSkuId])
    const bySkuId = (id: Id) => skus.find(sku => sku.skuId === id)
    const line = decideChangeSku({ from: bySkuId(skuId), joined, quantity }, bySkuId(toSkuId))
    await store.replaceLine(tx, userId, { fromSkuId: skuId, line })
  })
}

/** Marks lines as wanted for the checkout or not; those that are gone are passed over. */
export const select = (
  needs: CartNeeds,
  actor: Actor,
  wanted: { skuIds: readonly Id[]; isSelected: boolean },
): Promise<CartCount> => change(needs, actor, (tx, userId) => store.selectLines(tx, userId, wanted))

/** Takes lines out. */
export const remove = (
  needs: CartNeeds,
  actor: Actor,
  { skuIds }: { skuIds: readonly Id[] },
): Promise<CartCount> => change(needs, actor, (tx, userId) => store.removeLines(tx, userId, skuIds))

/** Pours a device's cart in; once per `id`. SKUs that nobody knows are left out. */
export const merge = (
  needs: CartNeeds,
  actor: Actor,
  { id, lines }: { id: Id; lines: readonly DeviceLine[] },
): Promise<CartCount> =>
  change(needs, actor, (tx, userId) =>
    once(tx, deed('merge', userId, id), async () => {
      const skus = await needs.catalog.skusByIds(tx, idsOf(lines))
      const known = new Set(skus.filter(sku => sku.state !== 'draft').map(sku => sku.skuId))
      const real = lines.filter(line => known.has(line.skuId))
      await store.putLines(tx, userId, decideMerge(await store.linesOf(tx, userId), real))
    }),
  )

/** One change after the other, behind the lock of the cart. */
function change(
  { database }: CartNeeds,
  actor: Actor,
  write: (tx: Tx, userId: Id) => Promise<unknown>,
): Promise<CartCount> {
  const userId = buyerOf(actor)
  return database.tx(async tx => {
    await store.lockCart(tx, userId)
    await write(tx, userId)
    return { count: await store.countOf(tx, userId) }
  })
}

function buyerOf(actor: Actor): Id {
  requirePermission(actor, 'order.buy')
  return requireUser(actor).userId
}

const deed = (verb: 'add' | 'merge', userId: Id, id: Id) => `cart.${verb}:${userId}:${id}`
const idsOf = (lines: readonly DeviceLine[]) => [...new Set(lines.map(line => line.skuId))]

async function viewOf(
  { database: { db }, catalog, stock, shop }: CartNeeds,
  lines: readonly DeviceLine[],
  { regionCode = undefined }: Region,
): Promise<Cart> {
  const ids = idsOf(lines)
  const [found, levels] = await Promise.all([
    catalog.skusByIds(db, ids),
    stock.levelsBySku(db, ids),
  ])
  const skus = found.filter(sku => sku.state !== 'draft')
  const gone = skus.filter(sku => sku.state !== 'on_shelf').map(sku => sku.productId)
  const [cards, shops] = await Promise.all([
    catalog.cardsByIds(db, [...new Set(gone)]),
    shop.shopsByIds(db, [...new Set(skus.map(sku => sku.shopId))]),
  ])
  return cartOf(lines, {
    skus: new Map(skus.map(sku => [sku.skuId, sku])),
    available: new Map([...levels].map(([skuId, level]) => [skuId, level.available])),
    shops,
    liveProductIds: new Set(cards.filter(card => card.state === 'on_shelf').map(card => card.id)),
    regionCode: regionCode ?? null,
  })
}
