import type { Order, OrderFlag, OrderLine, OrderSource, OrderState } from '@kaibo/contract/order'
import { orderLife } from '@kaibo/contract/order-life'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import { type Id, publicNumber } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Fen } from '@kaibo/kernel/money'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'

export type CloseReason = NonNullable<Order['closeReason']>

/** A line that is ready to be written: what people see of it, and what the system keeps with it. */
export type DraftLine = Omit<OrderLine, 'shippedQuantity'> & {
  /** Where its goods are held; null is the shop's own shelf. */
  poolId: Id | null
  limitIds: readonly Id[]
  versionId: Id | null
  takeRateBps: number
}

/** An order that is ready to be written: decided, priced, its receiver sealed. */
export type Draft = {
  id: Id
  requestHash: string
  buyerId: Id
  shopId: Id
  /** Orders placed together share it: the smallest id among them. */
  checkoutId: Id
  lines: readonly DraftLine[]
  itemsFen: Fen
  discountFen: Fen
  shippingFen: Fen
  payableFen: Fen
  /** Null when nothing is sent. */
  receiverSealed: string | null
  note: string
  source: OrderSource
  payWindowSec: number
}

export type OrderRow = {
  id: Id
  number: string
  requestHash: string
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
  merchantFlag: OrderFlag
  sourceKind: OrderSource['kind']
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

/**
 * Inserts orders with their lines, numbered by the sequence and dated by the database. Answers with
 * those whose id was free; the ids of one call are distinct.
 */
export async function insertOrders(tx: Tx, drafts: readonly Draft[]): Promise<Map<Id, Moved>> {
  // In id order, so that two batches with the same ids do not wait for each other.
  const sorted = drafts.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const numbers = await drawNumbers(tx, sorted.length)
  const inserted = await tx
    .insertInto('order_header')
    .values(sorted.map((draft, index) => headerOf(draft, must(numbers[index], 'a number each'))))
    .onConflict(conflict => conflict.column('id').doNothing())
    .returning(movedColumns)
    .execute()
  const fresh = new Map(inserted.map(row => [row.id, row]))
  const lines = sorted.filter(draft => fresh.has(draft.id)).flatMap(linesOf)
  if (lines.length > 0) await tx.insertInto('order_line').values(lines).execute()
  return fresh
}

type Numbered = { number: string; at: Date }

async function drawNumbers(tx: Tx, count: number): Promise<Numbered[]> {
  const { rows } = await sql<{ sequence: number; at: Date }>`
    select nextval('order_number') as sequence, now() as at
    from generate_series(1, ${count}::int)`.execute(tx)
  return rows.map(({ sequence, at }) => ({ number: publicNumber(at, sequence), at }))
}

const headerOf = (draft: Draft, { number, at }: Numbered) => ({
  id: draft.id,
  number,
  request_hash: draft.requestHash,
  buyer_id: draft.buyerId,
  shop_id: draft.shopId,
  checkout_id: draft.checkoutId,
  state: orderLife.initial,
  items_fen: draft.itemsFen,
  discount_fen: draft.discountFen,
  shipping_fen: draft.shippingFen,
  payable_fen: draft.payableFen,
  receiver_sealed: draft.receiverSealed,
  note: draft.note,
  source_kind: draft.source.kind,
  source_id: draft.source.id,
  created_at: at,
  expires_at: new Date(at.getTime() + draft.payWindowSec * 1_000),
})

const linesOf = (draft: Draft) =>
  draft.lines.map((line, position) => ({
    id: line.id,
    order_id: draft.id,
    position,
    product_id: line.productId,
    sku_id: line.skuId,
    title: line.title,
    spec: JSON.stringify(line.spec),
    picture_url: line.pictureUrl,
    list_price_fen: line.listPriceFen,
    parts: JSON.stringify(line.parts),
    is_gift: line.isGift,
    bundle_id: line.bundleId,
    ...(line.poolId ? { pool_id: line.poolId } : {}),
    limit_ids: [...line.limitIds],
    version_id: line.versionId,
    take_rate_bps: line.takeRateBps,
    is_virtual: line.isVirtual,
    may_return: line.mayReturn,
    unit_price_fen: line.unitPriceFen,
    quantity: line.quantity,
    payable_fen: line.payableFen,
  }))

/** Takes orders back that could not be placed after all, in the transaction that inserted them. */
export async function removeOrders(tx: Tx, ids: readonly Id[]): Promise<void> {
  await tx
    .deleteFrom('order_header')
    .where('id', 'in', [...ids])
    .execute()
}

/** What events tell of an order. */
export const movedColumns = [
  'id',
  'buyer_id as buyerId',
  'shop_id as shopId',
  sql<OrderState>`state`.as('state'),
  sql<Fen>`payable_fen`.as('payableFen'),
  sql<OrderSource['kind']>`source_kind`.as('sourceKind'),
  'source_id as sourceId',
] as const

const orders = (db: Db) =>
  db
    .selectFrom('order_header')
    .select([
      ...movedColumns,
      'number',
      'request_hash as requestHash',
      'checkout_id as checkoutId',
      sql<CloseReason | null>`close_reason`.as('closeReason'),
      sql<Fen>`items_fen`.as('itemsFen'),
      sql<Fen>`discount_fen`.as('discountFen'),
      sql<Fen>`shipping_fen`.as('shippingFen'),
      'receiver_sealed as receiverSealed',
      'note',
      'merchant_note as merchantNote',
      sql<OrderFlag>`merchant_flag`.as('merchantFlag'),
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

/** Orders of a buyer or of a shop, newest first. */
export function pageOfOrders(
  db: Db,
  q: {
    buyerId?: Id
    shopId?: Id
    state?: OrderState | undefined
    number?: string | undefined
    page: PageQuery
  },
): Promise<Page<OrderRow>> {
  let query = orders(db)
  if (q.buyerId !== undefined) query = query.where('buyer_id', '=', q.buyerId)
  if (q.shopId !== undefined) query = query.where('shop_id', '=', q.shopId)
  if (q.state !== undefined) query = query.where('state', '=', q.state)
  if (q.number !== undefined) query = query.where('number', 'like', `${q.number}%`)
  const newestFirst = [['created_at', 'desc'] as const, ['id', 'desc'] as const]
  return pageBy(query, newestFirst, q.page)
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

/** Orders of a shop from a source that were paid, whatever became of them, and what they paid. */
export async function totalsBySource(
  db: Db,
  { shopId, source }: { shopId: Id; source: OrderSource },
): Promise<{ orderCount: number; amountFen: Fen }> {
  const { rows } = await sql<{ orderCount: number; amountFen: Fen }>`
    select count(*) as "orderCount", coalesce(sum(payable_fen), 0)::bigint as "amountFen"
    from order_header
    where shop_id = ${shopId} and source_kind = ${source.kind}
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
