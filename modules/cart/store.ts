import type { DeviceLine } from '@kaibo/contract/trade/cart'
import type { OrderSource } from '@kaibo/contract/trade/order'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import { sql } from 'kysely'

/** Changes of one person's cart take turns until the transaction ends. */
export async function lockCart(tx: Tx, userId: Id): Promise<void> {
  await tx
    .insertInto('cart_owner')
    .values({ user_id: userId })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  await tx
    .selectFrom('cart_owner')
    .select('user_id')
    .where('user_id', '=', userId)
    .forUpdate()
    .execute()
}

type Row = Omit<DeviceLine, 'source'> & { sourceKind: OrderSource['kind']; sourceId: Id | null }

/** A person's lines, the newest first. */
export async function linesOf(db: Db, userId: Id): Promise<DeviceLine[]> {
  const { rows } = await sql<Row>`
    select sku_id as "skuId", quantity, is_selected as "isSelected",
      added_price_fen as "addedPriceFen", source_kind as "sourceKind", source_id as "sourceId"
    from cart_line where user_id = ${userId} order by added_at desc, sku_id`.execute(db)
  return rows.map(({ sourceKind, sourceId, ...line }) => ({
    ...line,
    source: { kind: sourceKind, id: sourceId },
  }))
}

export async function countOf(db: Db, userId: Id): Promise<number> {
  const { count } = await db
    .selectFrom('cart_line')
    .select(sql<number>`count(*)`.as('count'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow()
  return count
}

/** Writes lines over those of the same SKUs; of several new ones the first is the newest. */
export async function putLines(tx: Tx, userId: Id, lines: readonly DeviceLine[]): Promise<void> {
  if (lines.length === 0) return
  await tx
    .insertInto('cart_line')
    .values(
      lines.toReversed().map(line => ({
        user_id: userId,
        sku_id: line.skuId,
        quantity: line.quantity,
        is_selected: line.isSelected,
        added_price_fen: line.addedPriceFen,
        source_kind: line.source.kind,
        source_id: line.source.id,
      })),
    )
    .onConflict(conflict =>
      conflict.columns(['user_id', 'sku_id']).doUpdateSet(from => ({
        quantity: from.ref('excluded.quantity'),
        is_selected: from.ref('excluded.is_selected'),
        added_price_fen: from.ref('excluded.added_price_fen'),
        source_kind: from.ref('excluded.source_kind'),
        source_id: from.ref('excluded.source_id'),
      })),
    )
    .execute()
}

/** Sets the quantity of a line; false when there is none. */
export async function setQuantity(
  tx: Tx,
  userId: Id,
  { skuId, quantity }: { skuId: Id; quantity: number },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('cart_line')
    .set({ quantity })
    .where('user_id', '=', userId)
    .where('sku_id', '=', skuId)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/**
 * Puts `line` in the place of the line of `fromSkuId`, at its age, and takes away a line that has
 * the SKU already.
 */
export async function replaceLine(
  tx: Tx,
  userId: Id,
  {
    fromSkuId,
    line,
  }: { fromSkuId: Id; line: Pick<DeviceLine, 'skuId' | 'quantity'> & { addedPriceFen: Fen } },
): Promise<void> {
  if (line.skuId !== fromSkuId) await removeLines(tx, userId, [line.skuId])
  await tx
    .updateTable('cart_line')
    .set({ sku_id: line.skuId, quantity: line.quantity, added_price_fen: line.addedPriceFen })
    .where('user_id', '=', userId)
    .where('sku_id', '=', fromSkuId)
    .execute()
}

export async function selectLines(
  tx: Tx,
  userId: Id,
  { skuIds, isSelected }: { skuIds: readonly Id[]; isSelected: boolean },
): Promise<void> {
  await tx
    .updateTable('cart_line')
    .set({ is_selected: isSelected })
    .where('user_id', '=', userId)
    .where('sku_id', 'in', [...skuIds])
    .execute()
}

export async function removeLines(tx: Tx, userId: Id, skuIds: readonly Id[]): Promise<void> {
  await tx
    .deleteFrom('cart_line')
    .where('user_id', '=', userId)
    .where('sku_id', 'in', [...skuIds])
    .execute()
}
