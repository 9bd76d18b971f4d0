import type { MovementReason } from '@kaibo/contract/goods/stock'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'
import { shelfId } from './rules.ts'

/** A level as a row, with what events and shop checks need. */
export type Level = {
  skuId: Id
  poolId: Id
  productId: Id
  shopId: Id
  onHand: number
  reserved: number
  /** The activity of this pool is over. */
  isOver: boolean
}

export type LevelKey = { skuId: Id; poolId: Id }

/** One change of one level. The same cause moves a level once per reason. */
export type Move = LevelKey & {
  reason: MovementReason
  /** The order; the request's own id for adjust and return, the pool for allot, the SKU for initial. */
  causeId: Id
  onHandDelta: number
  reservedDelta: number
}

const levelColumns = sql`
  sku_id as "skuId", pool_id as "poolId", product_id as "productId", shop_id as "shopId", on_hand as "onHand", reserved,
  is_over as "isOver"`

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
        ${moves.map(move => move.poolId)}::uuid[],
        ${moves.map(move => move.reason)}::text[],
        ${moves.map(move => move.causeId)}::uuid[],
        ${moves.map(move => move.onHandDelta)}::int[],
        ${moves.map(move => move.reservedDelta)}::int[]
      ) with ordinality as asked (sku_id, pool_id, reason, cause_id, on_hand, reserved, position)
    ), fresh as (
      select asked.* from asked
      where not exists (
        select from stock_movement done
        where done.cause_id = asked.cause_id and done.sku_id = asked.sku_id
          and done.pool_id = asked.pool_id
          and (done.reason = asked.reason
            or done.reason in ('release', 'ship') and asked.reason in ('release', 'ship'))
      )
    ), total as (
      select sku_id, pool_id, sum(on_hand)::int as on_hand, sum(reserved)::int as reserved
      from fresh group by sku_id, pool_id
    ), changed as (
      update stock_level level
      set on_hand = level.on_hand + total.on_hand, reserved = level.reserved + total.reserved
      from total where total.sku_id = level.sku_id and total.pool_id = level.pool_id
      returning level.*
    ), logged as (
      insert into stock_movement (sku_id, pool_id, reason, cause_id, on_hand_delta, reserved_delta,
        on_hand_after, reserved_after, actor_id, note)
      select fresh.sku_id, fresh.pool_id, fresh.reason, fresh.cause_id, fresh.on_hand, fresh.reserved,
        changed.on_hand - total.on_hand + sum(fresh.on_hand) over so_far,
        changed.reserved - total.reserved + sum(fresh.reserved) over so_far,
        ${by.actorId}::uuid, ${by.note}
      from fresh join changed using (sku_id, pool_id) join total using (sku_id, pool_id)
      window so_far as (partition by fresh.sku_id, fresh.pool_id order by fresh.position)
      order by fresh.position
    )
    select ${levelColumns} from changed order by sku_id, pool_id`.execute(tx)
  return rows
}

/** Makes empty levels; those that exist stay as they are. */
export async function insertLevels(
  tx: Tx,
  levels: readonly (LevelKey & { productId: Id; shopId: Id })[],
): Promise<void> {
  await sql`
    insert into stock_level (sku_id, pool_id, product_id, shop_id)
    select * from unnest(
      ${levels.map(level => level.skuId)}::uuid[],
      ${levels.map(level => level.poolId)}::uuid[],
      ${levels.map(level => level.productId)}::uuid[],
      ${levels.map(level => level.shopId)}::uuid[])
    on conflict do nothing`.execute(tx)
}

/** Locks levels in id order, so that no two transactions wait for each other, and reads them. */
export async function lockLevels(tx: Tx, keys: readonly LevelKey[]): Promise<Level[]> {
  const { rows } = await sql<Level>`
    select ${levelColumns} from stock_level
    where (sku_id, pool_id) in (select * from unnest(
      ${keys.map(key => key.skuId)}::uuid[], ${keys.map(key => key.poolId)}::uuid[]))
    order by stock_level.sku_id, stock_level.pool_id for update`.execute(tx)
  return rows
}

/** What each order holds or once held. */
export async function heldBy(
  db: Db,
  orderIds: readonly Id[],
): Promise<(LevelKey & { orderId: Id; quantity: number })[]> {
  const { rows } = await sql<LevelKey & { orderId: Id; quantity: number }>`
    select cause_id as "orderId", sku_id as "skuId", pool_id as "poolId",
      reserved_delta as quantity
    from stock_movement
    where cause_id = any(${orderIds}::uuid[]) and reason = 'hold'`.execute(db)
  return rows
}

/** Those of `keys` whose pool has not been given these goods. */
export async function unallotted(
  db: Db,
  keys: readonly (LevelKey & { causeId?: Id })[],
): Promise<LevelKey[]> {
  const { rows } = await sql<LevelKey>`
    select asked.sku_id as "skuId", asked.pool_id as "poolId" from unnest(
      ${keys.map(key => key.skuId)}::uuid[], ${keys.map(key => key.poolId)}::uuid[],
      ${keys.map(key => key.causeId ?? key.poolId)}::uuid[]
    ) as asked (sku_id, pool_id, cause_id)
    where not exists (
      select from stock_movement done
      where done.cause_id = asked.cause_id and done.sku_id = asked.sku_id
        and done.pool_id = asked.pool_id and done.reason = 'allot')`.execute(db)
  return rows
}

/** The levels of pools. */
export async function levelsOfPools(db: Db, poolIds: readonly Id[]): Promise<Level[]> {
  const { rows } = await sql<Level>`
    select ${levelColumns} from stock_level where pool_id = any(${poolIds}::uuid[])`.execute(db)
  return rows
}

/** Marks pools whose activity is over. */
export async function endPools(tx: Tx, poolIds: readonly Id[]): Promise<void> {
  await sql`update stock_level set is_over = true
            where pool_id = any(${poolIds}::uuid[]) and not is_over`.execute(tx)
}

/** Those of `orderIds` that hold something, or once did. */
export async function holdersAmong(db: Db, orderIds: readonly Id[]): Promise<Set<Id>> {
  const { rows } = await sql<{ orderId: Id }>`
    select distinct cause_id as "orderId" from stock_movement
    where cause_id = any(${orderIds}::uuid[]) and reason = 'hold'`.execute(db)
  return new Set(rows.map(row => row.orderId))
}

/** The SKUs that a document has changed before. */
export async function movedBy(
  db: Db,
  { causeId, reason }: { causeId: Id; reason: MovementReason },
): Promise<Set<Id>> {
  const { rows } = await sql<{ skuId: Id }>`
    select sku_id as "skuId" from stock_movement
    where cause_id = ${causeId} and reason = ${reason}`.execute(db)
  return new Set(rows.map(row => row.skuId))
}

export async function levelsBySku(db: Db, skuIds: readonly Id[]): Promise<Level[]> {
  const { rows } = await sql<Level>`
    select ${levelColumns} from stock_level where sku_id = any(${skuIds}::uuid[])`.execute(db)
  return rows
}

/** Products of a shop of which at most so many of some SKU can be ordered from the shelf. */
export async function productsWithin(
  db: Db,
  { shopId, availableMax }: { shopId: Id; availableMax: number },
): Promise<Id[]> {
  const { rows } = await sql<{ productId: Id }>`
    select distinct product_id as "productId" from stock_level
    where shop_id = ${shopId} and pool_id = ${shelfId}
      and on_hand - reserved <= ${availableMax}`.execute(db)
  return rows.map(row => row.productId)
}
