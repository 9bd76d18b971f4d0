import type { Order, OrderLine, OrderState } from '@kaibo/contract/trade/order'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import { type Id, syntheticFrom } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Fen } from '@kaibo/kernel/money'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'

export type CloseReason = NonNullable<Order['closeReason']>

export type OrderRow = {
  id: Id
  number: string
  buyerId: Id
  shopId: Id
  checkoutId: Id
  state: OrderState
  closeReason: CloseReason | null
  itemsFen: Fen
  discountFen: Fen
  shippingFen: Fen
  payableFen: Fen
  receiverSealed: string | null
  note: string
  merchantNote: string
  merchantFlag: Order['merchantFlag']
  sourceKind: Order['source']['kind']
  sourceId: Id | null
  createdAt: Date
  expiresAt: Date
  paidAt: Date | null
  shippedAt: Date | null
  receiptDueAt: Date | null
  isReceiptExtended: boolean
  /** What the shop took off the shipping by hand. */
  shippingOffFen: Fen
  completedAt: Date | null
  closedAt: Date | null
}

/** What events tell of an order. */
export type Moved = Pick<
  OrderRow,
  'id' | 'buyerId' | 'shopId' | 'state' | 'payableFen' | 'sourceKind' | 'sourceId'
>

export const movedColumns = [
  'id',
  'buyer_id as buyerId',
  'shop_id as shopId',
  sql<OrderState>`state`.as('state'),
  sql<Fen>`payable_fen`.as('payableFen'),
  sql<Order['source']['kind']>`source_kind`.as('sourceKind'),
  'source_id as sourceId',
] as const

const orders = (db: Db) =>
  db
    .selectFrom('order_header')
    .select([
      ...movedColumns,
      'number',
      'checkout_id as checkoutId',
      sql<CloseReason | null>`close_reason`.as('closeReason'),
      sql<Fen>`items_fen`.as('itemsFen'),
      sql<Fen>`discount_fen`.as('discountFen'),
      sql<Fen>`shipping_fen`.as('shippingFen'),
      'receiver_sealed as receiverSealed',
      'note',
      'merchant_note as merchantNote',
      sql<Order['merchantFlag']>`merchant_flag`.as('merchantFlag'),
      'created_at as createdAt',
      'expires_at as expiresAt',
      'paid_at as paidAt',
      'shipped_at as shippedAt',
      'receipt_due_at as receiptDueAt',
      sql<boolean>`receipt_extended_at is not null`.as('isReceiptExtended'),
      sql<Fen>`shipping_off_fen`.as('shippingOffFen'),
      'completed_at as completedAt',
      'closed_at as closedAt',
    ])

export const orderById = (db: Db, id: Id): Promise<OrderRow | undefined> =>
  orders(db).where('id', '=', id).executeTakeFirst()

export const ordersByIds = (db: Db, ids: readonly Id[]): Promise<OrderRow[]> =>
  orders(db)
    .where('id', 'in', [...ids])
    .execute()

/** Orders, by id, which cannot move until the transaction ends; others may look at them meanwhile. */
export const holdOrders = (tx: Tx, ids: readonly Id[]): Promise<OrderRow[]> =>
  orders(tx)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forShare()
    .execute()

/** The order, which nobody else touches until the transaction ends. */
export const lockOrder = (tx: Tx, id: Id): Promise<OrderRow | undefined> =>
  orders(tx).where('id', '=', id).forUpdate().executeTakeFirst()

/** Orders of a buyer, newest first. */
export function pageOfOrders(
  db: Db,
  { buyerId, state, page }: { buyerId: Id; state: OrderState | undefined; page: PageQuery },
): Promise<Page<OrderRow>> {
  const all = orders(db).where('buyer_id', '=', buyerId)
  const query = state === undefined ? all : all.where('state', '=', state)
  return pageBy(query, [['created_at', 'desc'] as const, ['id', 'desc'] as const], page)
}

/** Lines of orders, in order. */
export async function linesByOrders(
  db: Db,
  orderIds: readonly Id[],
): Promise<(OrderLine & { orderId: Id })[]> {
  const { rows } = await sql<OrderLine & { orderId: Id }>`
    select order_id as "orderId", id, product_id as "productId", sku_id as "skuId", title, spec,
      picture_url as "pictureUrl", list_price_fen as "listPriceFen",
      unit_price_fen as "unitPriceFen", quantity, parts, payable_fen as "payableFen",
      is_gift as "isGift", bundle_id as "bundleId", shipped_quantity as "shippedQuantity",
      is_virtual as "isVirtual", may_return as "mayReturn"
    from order_line where order_id = any(${orderIds}::uuid[])
    order by order_id, position`.execute(db)
  return rows
}

/** Orders of real people from a source that were paid, whatever became of them, and what they paid. */
export async function totalsBySource(
  db: Db,
  { shopId, source }: { shopId: Id; source: Order['source'] },
): Promise<{ orderCount: number; amountFen: Fen }> {
  const { rows } = await sql<{ orderCount: number; amountFen: Fen }>`
    select count(*) as "orderCount", coalesce(sum(payable_fen), 0)::bigint as "amountFen"
    from order_header
    where shop_id = ${shopId} and source_kind = ${source.kind} and buyer_id < ${syntheticFrom}
      and source_id is not distinct from ${source.id}::uuid and paid_at is not null`.execute(db)
  return must(rows[0], 'an aggregate has one row')
}

export type PaidTotal = { orderId: Id; payableFen: Fen; shopId: Id; state: OrderState }

/** Orders that were paid and not cancelled again, by id, from after `afterId`. */
export async function paidTotals(
  db: Db,
  { afterId, limit }: { afterId: Id | null; limit: number },
): Promise<PaidTotal[]> {
  const { rows } = await sql<PaidTotal>`
    select id as "orderId", payable_fen as "payableFen", shop_id as "shopId", state
    from order_header
    where paid_at is not null and state <> 'closed'
      and (${afterId}::uuid is null or id > ${afterId}::uuid)
    order by id limit ${limit}`.execute(db)
  return rows
}

/** What orders sold of each product, gifts included. */
export async function soldIn(
  db: Db,
  orderIds: readonly Id[],
): Promise<{ productId: Id; quantity: number }[]> {
  const { rows } = await sql<{ productId: Id; quantity: number }>`
    select product_id as "productId", sum(quantity)::int as quantity
    from order_line where order_id = any(${orderIds}::uuid[])
    group by product_id`.execute(db)
  return rows
}
