import type { MovementReason, StockMovement } from '@kaibo/contract/stock'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'

/** A level as a row, with what events and shop checks need. */
export type Level = { skuId: Id; productId: Id; shopId: Id; onHand: number; reserved: number }

/** One change of one level. The same cause moves a SKU once per reason. */
export type Move = {
  skuId: Id
  reason: MovementReason
  /** The order; or the request's own id for adjust, the SKU for initial. */
  causeId: Id
  onHandDelta: number
  reservedDelta: number
}

const levelColumns = sql`
  sku_id as "skuId", product_id as "productId", shop_id as "shopId", on_hand as "onHand", reserved`

/**
 * Writes moves to the log and to the levels in one statement: the only way a level changes. Moves
 * whose cause has done so before are left out. The caller holds the locks of the levels; returned
 * are the levels that changed.
 */
export async function applyMoves(
  tx: Tx,
  moves: readonly Move[],
  by: { actorId: Id | null; note: string } = { actorId: null, note: '' },
): Promise<Level[]> {
  const { rows } = await sql<Level>`
    with asked as (
      select * from unnest(
        ${moves.map(move => move.skuId)}::uuid[],
        ${moves.map(move => move.reason)}::text[],
        ${moves.map(move => move.causeId)}::uuid[],
        ${moves.map(move => move.onHandDelta)}::int[],
        ${moves.map(move => move.reservedDelta)}::int[]
      ) with ordinality as asked (sku_id, reason, cause_id, on_hand, reserved, position)
    ), fresh as (
      select asked.* from asked
      where not exists (
        select from stock_movement done
        where done.cause_id = asked.cause_id and done.sku_id = asked.sku_id
          and (done.reason = asked.reason
            or done.reason in ('release', 'ship') and asked.reason in ('release', 'ship'))
      )
    ), total as (
      select sku_id, sum(on_hand)::int as on_hand, sum(reserved)::int as reserved
      from fresh group by sku_id
    ), changed as (
      update stock_level level
      set on_hand = level.on_hand + total.on_hand, reserved = level.reserved + total.reserved
      from total where total.sku_id = level.sku_id
      returning level.*
    ), logged as (
      insert into stock_movement (sku_id, reason, cause_id, on_hand_delta, reserved_delta,
        on_hand_after, reserved_after, actor_id, note)
      select fresh.sku_id, fresh.reason, fresh.cause_id, fresh.on_hand, fresh.reserved,
        changed.on_hand - total.on_hand + sum(fresh.on_hand) over so_far,
        changed.reserved - total.reserved + sum(fresh.reserved) over so_far,
        ${by.actorId}::uuid, ${by.note}
      from fresh join changed using (sku_id) join total using (sku_id)
      window so_far as (partition by fresh.sku_id order by fresh.position)
      order by fresh.position
    )
    select ${levelColumns} from changed order by sku_id`.execute(tx)
  return rows
}

/** Makes empty levels; those that exist stay as they are. */
export async function insertLevels(
  tx: Tx,
  levels: readonly { skuId: Id; productId: Id; shopId: Id }[],
): Promise<void> {
  await sql`
    insert into stock_level (sku_id, product_id, shop_id)
    select * from unnest(
      ${levels.map(level => level.skuId)}::uuid[],
      ${levels.map(level => level.productId)}::uuid[],
      ${levels.map(level => level.shopId)}::uuid[])
    on conflict do nothing`.execute(tx)
}

/** Locks levels in id order, so that no two transactions wait for each other, and reads them. */
export async function lockLevels(tx: Tx, skuIds: readonly Id[]): Promise<Level[]> {
  const { rows } = await sql<Level>`
    select ${levelColumns} from stock_level
    where sku_id = any(${skuIds}::uuid[])
    order by sku_id for update`.execute(tx)
  return rows
}

/** Locks the levels that orders hold, in id order, and reads what each order holds or once held. */
export async function lockHeld(
  tx: Tx,
  orderIds: readonly Id[],
): Promise<{ orderId: Id; skuId: Id; quantity: number }[]> {
  const { rows } = await sql<{ orderId: Id; skuId: Id; quantity: number }>`
    select held.cause_id as "orderId", held.sku_id as "skuId", held.reserved_delta as quantity
    from stock_movement held join stock_level level using (sku_id)
    where held.cause_id = any(${orderIds}::uuid[]) and held.reason = 'hold'
    order by level.sku_id for update of level`.execute(tx)
  return rows
}

/** Those of `orderIds` that hold something, or once did. */
export async function holdersAmong(db: Db, orderIds: readonly Id[]): Promise<Set<Id>> {
  const { rows } = await sql<{ orderId: Id }>`
    select distinct cause_id as "orderId" from stock_movement
    where cause_id = any(${orderIds}::uuid[]) and reason = 'hold'`.execute(db)
  return new Set(rows.map(row => row.orderId))
}

/** Whether the request `causeId` has adjusted this SKU before. */
export async function isAdjusted(db: Db, skuId: Id, causeId: Id): Promise<boolean> {
  const { rows } = await sql`
    select from stock_movement
    where cause_id = ${causeId} and sku_id = ${skuId} and reason = 'adjust'`.execute(db)
  return rows.length > 0
}

export async function levelsBySku(db: Db, skuIds: readonly Id[]): Promise<Level[]> {
  const { rows } = await sql<Level>`
    select ${levelColumns} from stock_level where sku_id = any(${skuIds}::uuid[])`.execute(db)
  return rows
}

/** Movements of a SKU, newest first. */
export async function pageOfMovements(
  db: Db,
  skuId: Id,
  page: PageQuery,
): Promise<Page<StockMovement>> {
  const query = db
    .selectFrom('stock_movement')
    .where('sku_id', '=', skuId)
    .select(from => [
      'id',
      'sku_id as skuId',
      from.ref('reason').$castTo<MovementReason>().as('reason'),
      'on_hand_delta as onHandDelta',
      'reserved_delta as reservedDelta',
      'on_hand_after as onHandAfter',
      'reserved_after as reservedAfter',
      sql<Id | null>`case when reason in ('hold', 'release', 'ship') then cause_id end`.as(
        'orderId',
      ),
      'actor_id as actorId',
      'note',
      'at',
    ])
  const { items, next } = await pageBy(query, [['sequence', 'desc']], page)
  return { items: items.map(({ at, ...rest }) => ({ ...rest, at: at.toISOString() })), next }
}
