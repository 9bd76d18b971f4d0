import type { OrderCounts, OrderFlag, OrderState } from '@kaibo/contract/trade/order'
import { countsByState } from '@kaibo/contract/trade/order-life'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'
import type { Repriced } from './reprice.ts'

/** How many orders of a buyer are in each state. */
export async function countsOfBuyer(db: Db, buyerId: Id): Promise<OrderCounts> {
  const { rows } = await sql<{ state: OrderState; count: number }>`
    select state, count(*) as count from order_header
    where buyer_id = ${buyerId} group by state`.execute(db)
  return countsByState(rows)
}

/** Orders of a shop by the numbers that people read; unknown ones are missing. */
export async function idsByNumber(
  db: Db,
  { shopId, numbers }: { shopId: Id; numbers: readonly string[] },
): Promise<Map<string, Id>> {
  if (numbers.length === 0) return new Map()
  const rows = await db
    .selectFrom('order_header')
    .select(['id', 'number'])
    .where('number', 'in', [...numbers])
    .where('shop_id', '=', shopId)
    .execute()
  return new Map(rows.map(row => [row.number, row.id]))
}

/** The version of the page that a line was bought from; undefined for no such line. */
export const versionOfLine = async (
  db: Db,
  { orderId, lineId }: { orderId: Id; lineId: Id },
): Promise<{ versionId: Id | null } | undefined> =>
  db
    .selectFrom('order_line')
    .select('version_id as versionId')
    .where('id', '=', lineId)
    .where('order_id', '=', orderId)
    .executeTakeFirst()

export async function setReceiver(tx: Tx, id: Id, receiverSealed: string): Promise<void> {
  await tx
    .updateTable('order_header')
    .set({ receiver_sealed: receiverSealed })
    .where('id', '=', id)
    .execute()
}

/** What the shop notes for itself; whether there is such an order of the shop. */
export async function setNote(
  tx: Tx,
  { id, shopId }: { id: Id; shopId: Id },
  note: { text: string; flag: OrderFlag },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('order_header')
    .set({ merchant_note: note.text, merchant_flag: note.flag })
    .where('id', '=', id)
    .where('shop_id', '=', shopId)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function setPrice(tx: Tx, id: Id, { lines, ...order }: Repriced): Promise<void> {
  await tx
    .updateTable('order_header')
    .set({
      items_fen: order.itemsFen,
      discount_fen: order.discountFen,
      shipping_fen: order.shippingFen,
      shipping_off_fen: order.shippingOffFen,
      payable_fen: order.payableFen,
    })
    .where('id', '=', id)
    .execute()
  await sql`
    update order_line set payable_fen = priced."payableFen", parts = priced.parts
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      as priced (id uuid, "payableFen" bigint, parts json)
    where order_id = ${id} and order_line.id = priced.id`.execute(tx)
}
