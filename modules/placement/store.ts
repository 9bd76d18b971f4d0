import type { OrderLine, OrderSource } from '@kaibo/contract/trade/order'
import { uuids } from '@kaibo/db/arrays'
import type { Database, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Fen } from '@kaibo/kernel/money'
import type { LineLimit, OfferUse } from '@kaibo/modules/price'
import { CompiledQuery, sql } from 'kysely'
import { type columnsOf, columnTypes, levelsOf, limitsOf } from './columns.ts'
import type { Seen } from './fit.ts'

/** A line that is ready to be written: what people see of it, and what the system keeps with it. */
export type DraftLine = Omit<OrderLine, 'shippedQuantity'> & {
  /** Where its goods are held; null is the shop's own shelf. */
  poolId: Id | null
  limits: readonly LineLimit[]
  versionId: Id
  takeRateBps: number
}

/** An order that is ready to be written: decided, priced, numbered, its receiver sealed. */
export type Draft = {
  id: Id
  number: string
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

export type Hold = { orderId: Id; skuId: Id; poolId: Id; quantity: number }
export type Taking = { orderId: Id; limitId: Id; buyerId: Id; quantity: number; max: number }

/** A checkout in the form in which it is sent. */
export type Parcelled = {
  orderIds: readonly Id[]
  drafts: readonly Draft[]
  holds: readonly Hold[]
  takings: readonly Taking[]
  uses: readonly OfferUse[]
}

const shelfId = '00000000-0000-0000-0000-000000000000'

/** Makes a checkout ready to be sent. */
export const parcel = (drafts: readonly Draft[], uses: readonly OfferUse[]): Parcelled => ({
  orderIds: drafts.map(draft => draft.id),
  drafts,
  holds: drafts.flatMap(holdsOf),
  takings: drafts.flatMap(takingsOf),
  uses,
})

/** One hold per SKU and pool, whatever the lines. */
function holdsOf({ id: orderId, lines }: Draft): Hold[] {
  const holds = new Map<string, Hold>()
  for (const { skuId, poolId, quantity } of lines) {
    const key = `${skuId} ${poolId}`
    const before = holds.get(key)?.quantity ?? 0
    holds.set(key, { orderId, skuId, poolId: poolId ?? shelfId, quantity: before + quantity })
  }
  return [...holds.values()]
}

const takingsOf = ({ id: orderId, buyerId, lines }: Draft): Taking[] =>
  lines.flatMap(({ limits, quantity }) =>
    limits.map(({ limitId, max }) => ({ orderId, limitId, buyerId, quantity, max })),
  )

const placeText = `select placement_place(${columnTypes
  .map((type, at) => `$${at + 1}::${type}`)
  .join()}) as at`

/**
 * Places the columns of checkouts whose order ids are distinct, all or none, in one statement: by
 * itself, or within `tx`. Answers when it was, or null when there is not enough for all.
 */
export async function place(
  on: { lane: Database } | { tx: Tx },
  values: ReturnType<typeof columnsOf>,
): Promise<Date | null> {
  const rows =
    'tx' in on
      ? (await on.tx.executeQuery<{ at: Date | null }>(CompiledQuery.raw(placeText, values))).rows
      : await on.lane.query<{ at: Date | null }>('placement.place', placeText, values)
  return must(rows[0], 'a function answers with one row').at
}

/** What there is for a group, as far as one can see. */
export async function look(database: Database, group: readonly Parcelled[]): Promise<Seen> {
  const [levels, limits] = [levelsOf(group), limitsOf(group)]
  const rows = await database.query<{ available: number[]; taken: number[]; known: Id[] }>(
    'placement.look',
    `select stock_available($1::uuid[], $2::uuid[]) as available,
       placement_taken($3::uuid[], $4::uuid[]) as taken,
       array(select id from order_known($5::uuid[])) as known`,
    [
      uuids(levels.map(level => level.row.skuId)),
      uuids(levels.map(level => level.row.poolId)),
      uuids(limits.map(limit => limit.row.limitId)),
      uuids(limits.map(limit => limit.row.buyerId)),
      uuids(group.flatMap(each => each.orderIds)),
    ],
  )
  const { available, taken, known } = must(rows[0], 'a row')
  return {
    available: new Map(levels.map((level, at) => [level.key, available[at] ?? 0])),
    taken: new Map(limits.map((limit, at) => [limit.key, taken[at] ?? 0])),
    known: new Set(known),
  }
}

export type KnownOrder = { id: Id; requestHash: string }

/** Those of these orders that are there. */
export const knownOrders = (database: Database, ids: readonly Id[]): Promise<KnownOrder[]> =>
  database.query<KnownOrder>(
    'placement.known',
    'select id, request_hash as "requestHash" from order_known($1::uuid[])',
    [uuids(ids)],
  )

/** Draws numbers that nobody else has; one that is not used is lost. */
export async function drawNumbers(database: Database, count: number): Promise<number[]> {
  const rows = await database.query<{ number: number }>(
    'placement.numbers',
    'select number from order_numbers($1::int) as number',
    [count],
  )
  return rows.map(row => row.number)
}

/** How much of limits a buyer has taken; one of which nothing was taken is missing. */
export async function takenOf(
  { db }: Database,
  { buyerId, limitIds }: { buyerId: Id; limitIds: readonly Id[] },
): Promise<Map<Id, number>> {
  const { rows } = await sql<{ limitId: Id; quantity: number }>`
    select limit_id as "limitId", quantity from placement_limit
    where buyer_id = ${buyerId} and limit_id = any(${limitIds}::uuid[])`.execute(db)
  return new Map(rows.map(row => [row.limitId, row.quantity]))
}

/** Gives back what closed orders took of limits; the caller sees to it that an order closes once. */
export async function giveBack(tx: Tx, orderIds: readonly Id[]): Promise<void> {
  await sql`
    with given as (
      select limit_id, buyer_id, quantity from order_taken(${orderIds}::uuid[])
    ), locked as (
      select limit_id, buyer_id from placement_limit join given using (limit_id, buyer_id)
      order by limit_id, buyer_id for update of placement_limit
    )
    update placement_limit so_far set quantity = so_far.quantity - given.quantity
    from given join locked using (limit_id, buyer_id)
    where so_far.limit_id = given.limit_id and so_far.buyer_id = given.buyer_id`.execute(tx)
}
