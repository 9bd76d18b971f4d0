import type { MovementReason } from '@kaibo/contract/goods/stock'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'
import type { LevelKey } from './store.ts'

export type Drift = LevelKey & {
  onHand: number
  reserved: number
  /** What the log says the level must be. */
  loggedOnHand: number
  loggedReserved: number
  /** What orders hold that neither gave back nor left. */
  openHolds: number
  /** The first movement that does not continue from the one before it. */
  brokenAt: number | null
}

/** Levels that their log does not explain, worst first. */
export async function findDrift(db: Db, limit: number): Promise<Drift[]> {
  const { rows } = await sql<Drift>`
    with chained as (
      select *,
        on_hand_after - on_hand_delta <> coalesce(lag(on_hand_after) over log, 0)
          or reserved_after - reserved_delta <> coalesce(lag(reserved_after) over log, 0)
          as is_broken
      from stock_movement
      window log as (partition by sku_id, pool_id order by sequence)
    ), logged as (
      select sku_id, pool_id, sum(on_hand_delta)::bigint as on_hand,
        sum(reserved_delta)::bigint as reserved,
        min(sequence) filter (where is_broken) as broken_at
      from chained group by sku_id, pool_id
    ), open as (
      select sku_id, pool_id, sum(quantity)::bigint as quantity
      from (${openHolds}) hold group by sku_id, pool_id
    )
    select * from (
      select level.sku_id as "skuId", level.pool_id as "poolId", level.on_hand as "onHand",
        level.reserved, coalesce(logged.on_hand, 0) as "loggedOnHand",
        coalesce(logged.reserved, 0) as "loggedReserved",
        coalesce(open.quantity, 0) as "openHolds", logged.broken_at as "brokenAt"
      from stock_level level
      left join logged using (sku_id, pool_id)
      left join open using (sku_id, pool_id)
    ) compared
    where "onHand" <> "loggedOnHand" or reserved <> "loggedReserved" or reserved <> "openHolds"
      or "brokenAt" is not null
    order by abs("onHand" - "loggedOnHand") + abs(reserved - "openHolds") desc, "skuId", "poolId"
    limit ${limit}`.execute(db)
  return rows
}

/** Holds that neither were given back nor left. */
const openHolds = sql`
  select held.sku_id, held.pool_id, held.cause_id, held.reserved_delta as quantity
  from stock_movement held
  where held.reason = 'hold' and not exists (
    select from stock_movement ended
    where ended.cause_id = held.cause_id and ended.sku_id = held.sku_id
      and ended.pool_id = held.pool_id and ended.reason in ('release', 'ship'))`

export type OpenHold = LevelKey & { orderId: Id; quantity: number }

/** What orders hold now, order by order, from after `afterId`. */
export async function openHoldsAfter(
  db: Db,
  { afterId, limit }: { afterId: Id | null; limit: number },
): Promise<OpenHold[]> {
  const { rows } = await sql<OpenHold>`
    select sku_id as "skuId", pool_id as "poolId", cause_id as "orderId", quantity
    from (${openHolds}) hold
    where cause_id in (
      select distinct cause_id from (${openHolds}) next
      where ${afterId}::uuid is null or cause_id > ${afterId} order by cause_id limit ${limit})
    order by cause_id, sku_id, pool_id`.execute(db)
  return rows
}

export type Step = {
  sequence: number
  reason: MovementReason
  causeId: Id
  onHandAfter: number
  reservedAfter: number
  onHandDelta: number
  reservedDelta: number
  at: Date
}

/** The movement at `sequence` and the one before it; without `sequence` the last one. */
export async function stepsAt(
  db: Db,
  { skuId, poolId }: LevelKey,
  sequence: number | null,
): Promise<{ step: Step | undefined; before: Step | undefined }> {
  const { rows } = await sql<Step>`
    select sequence, reason, cause_id as "causeId", on_hand_after as "onHandAfter",
      reserved_after as "reservedAfter", on_hand_delta as "onHandDelta",
      reserved_delta as "reservedDelta", at
    from stock_movement
    where sku_id = ${skuId} and pool_id = ${poolId}
      and (${sequence}::bigint is null or sequence <= ${sequence})
    order by sequence desc limit 2`.execute(db)
  return { step: rows[0], before: rows[1] }
}

/** Sets a level, which is locked, to what its movements say. */
export async function setToLog(tx: Tx, { skuId, poolId }: LevelKey): Promise<void> {
  await sql`
    update stock_level level set on_hand = logged.on_hand, reserved = logged.reserved
    from (
      select coalesce(sum(on_hand_delta), 0)::int as on_hand,
        coalesce(sum(reserved_delta), 0)::int as reserved
      from stock_movement where sku_id = ${skuId} and pool_id = ${poolId}
    ) logged
    where level.sku_id = ${skuId} and level.pool_id = ${poolId}`.execute(tx)
}
