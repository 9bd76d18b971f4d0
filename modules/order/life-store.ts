import type { OrderEntry, OrderEntryKind, OrderState } from '@kaibo/contract/trade/order'
import { orderLife } from '@kaibo/contract/trade/order-life'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import { sql } from 'kysely'
import { type CloseReason, type Moved, movedColumns } from './store.ts'

export type OrderStep = 'pay' | 'close' | 'shipPart' | 'ship' | 'complete'

/** Who does something to an order, and what is said about it. */
export type Doing = { by: OrderEntry['by']; actorId: Id | null; reason?: string }

export type Change = {
  ids: readonly Id[]
  doing: Doing
  /** The database's now() unless given. */
  at?: Date
  closeReason?: CloseReason
  /** Only an order that costs just this moves. */
  payableFen?: Fen
  /** When a shipped order completes by itself. */
  receiptDays?: number
}

const instantColumns = {
  pay: 'paid_at',
  close: 'closed_at',
  shipPart: null,
  ship: 'shipped_at',
  complete: 'completed_at',
} as const satisfies Record<OrderStep, string | null>

const kinds = {
  pay: 'paid',
  close: 'closed',
  shipPart: 'part_shipped',
  ship: 'shipped',
  complete: 'completed',
} as const satisfies Record<OrderStep, OrderEntryKind>

/**
 * Moves orders along their life where it allows: compare and set; each move is written down. Answers
 * with those that moved.
 */
export async function move(tx: Tx, step: OrderStep, change: Change): Promise<Moved[]> {
  const at = change.at ?? sql<Date>`now()`
  const column = instantColumns[step]
  const { receiptDays, closeReason, payableFen } = change
  const moved = await tx
    .updateTable('order_header')
    .set({ state: orderLife.target(step), ...(column && { [column]: at }) })
    .$if(closeReason !== undefined, query => query.set({ close_reason: closeReason ?? null }))
    .$if(receiptDays !== undefined, query =>
      query.set({ receipt_due_at: sql<Date>`now() + make_interval(days => ${receiptDays ?? 0})` }),
    )
    .where('id', 'in', [...change.ids])
    .where('state', 'in', orderLife.sources(step))
    .$if(payableFen !== undefined, query => query.where('payable_fen', '=', payableFen ?? null))
    .returning(movedColumns)
    .execute()
  await writeDown(
    tx,
    moved.map(order => order.id),
    { kind: kinds[step], doing: change.doing, ...(change.at && { at: change.at }) },
  )
  return moved
}

/** Writes down what happened to orders. */
export async function writeDown(
  tx: Tx,
  orderIds: readonly Id[],
  { kind, doing, at }: { kind: OrderEntryKind; doing: Doing; at?: Date },
): Promise<void> {
  if (orderIds.length === 0) return
  const rows = orderIds.map(orderId => ({
    order_id: orderId,
    kind,
    by_whom: doing.by,
    actor_id: doing.actorId,
    reason: doing.reason ?? '',
    ...(at && { at }),
  }))
  await tx.insertInto('order_event').values(rows).execute()
}

/** Entries of one order's history. */
const entriesMax = 200

/** What happened to an order after it was placed, oldest first. */
export async function entriesOf(
  db: Db,
  orderId: Id,
): Promise<(Omit<OrderEntry, 'at'> & { at: Date })[]> {
  const { rows } = await sql<Omit<OrderEntry, 'at'> & { at: Date }>`
    select kind, by_whom as by, reason, at from order_event
    where order_id = ${orderId} order by at, seq limit ${entriesMax}`.execute(db)
  return rows
}

/** Orders whose time to pay, or to be received, is over by the database's clock, locked; those that
 * others work on are left out. */
export async function lockDue(
  tx: Tx,
  { deadline, limit }: { deadline: 'payment' | 'receipt'; limit: number },
): Promise<Id[]> {
  const [state, column] =
    deadline === 'payment'
      ? (['pending', 'expires_at'] as const)
      : (['shipped', 'receipt_due_at'] as const)
  const rows = await tx
    .selectFrom('order_header')
    .select('id')
    .where('state', '=', state)
    .where(column, '<=', sql<Date>`now()`)
    .orderBy(column)
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute()
  return rows.map(row => row.id)
}

/** Puts the automatic receipt off, once; whether it did. */
export async function extendReceipt(tx: Tx, id: Id, days: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('order_header')
    .set({
      receipt_due_at: sql<Date>`receipt_due_at + make_interval(days => ${days})`,
      receipt_extended_at: sql<Date>`now()`,
    })
    .where('id', '=', id)
    .where('state', '=', 'shipped')
    .where('receipt_extended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** When a shipped order completes by itself; others stay as they are. */
export async function setReceiptDue(tx: Tx, id: Id, receiptDueAt: Date): Promise<void> {
  await tx
    .updateTable('order_header')
    .set({ receipt_due_at: receiptDueAt })
    .where('id', '=', id)
    .where('state', '=', 'shipped')
    .execute()
}

export type VirtualLine = {
  lineId: Id
  orderId: Id
  orderState: OrderState
  shopId: Id
  buyerId: Id
  skuId: Id
  quantity: number
}

/** Lines of orders that are not sent by parcel. */
export async function virtualLines(db: Db, orderIds: readonly Id[]): Promise<VirtualLine[]> {
  const { rows } = await sql<VirtualLine>`
    select line.id as "lineId", order_id as "orderId", state as "orderState", shop_id as "shopId",
      buyer_id as "buyerId", sku_id as "skuId", quantity
    from order_line line join order_header on order_header.id = order_id
    where order_id = any(${orderIds}::uuid[]) and is_virtual
    order by order_id, position`.execute(db)
  return rows
}

/** Numbers and states of orders; unknown ones are missing. */
export async function standingsByIds(
  db: Db,
  ids: readonly Id[],
): Promise<Map<Id, { number: string; state: OrderState }>> {
  const { rows } = await sql<{ id: Id; number: string; state: OrderState }>`
    select id, number, state from order_header where id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, ...standing }) => [id, standing]))
}

export type LineToSend = {
  id: Id
  quantity: number
  shippedQuantity: number
  isVirtual: boolean
}

export async function linesToSend(tx: Tx, orderId: Id): Promise<LineToSend[]> {
  const { rows } = await sql<LineToSend>`
    select id, quantity, shipped_quantity as "shippedQuantity", is_virtual as "isVirtual"
    from order_line where order_id = ${orderId} order by position`.execute(tx)
  return rows
}

/** Adds to what has left of lines of an order. */
export async function addShipped(
  tx: Tx,
  orderId: Id,
  lines: readonly { lineId: Id; quantity: number }[],
): Promise<void> {
  await sql`
    update order_line set shipped_quantity = shipped_quantity + sent.quantity
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as sent ("lineId" uuid, quantity int)
    where order_id = ${orderId} and order_line.id = sent."lineId"`.execute(tx)
}
