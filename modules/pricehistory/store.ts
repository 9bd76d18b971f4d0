import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import { sql } from 'kysely'
import type { PriceNow, Struck } from './index.ts'

export async function notePrices(
  tx: Tx,
  { prices, by }: { prices: readonly PriceNow[]; by: Id | null },
): Promise<void> {
  if (prices.length === 0) return
  await sql`
    insert into pricehistory_change (sku_id, price_fen, changed_by)
    select asked.sku_id, asked.price_fen, ${by}::uuid
    from unnest(${prices.map(price => price.skuId)}::uuid[],
      ${prices.map(price => price.priceFen)}::bigint[]) as asked (sku_id, price_fen)
    where asked.price_fen is distinct from (
      select change.price_fen from pricehistory_change change
      where change.sku_id = asked.sku_id order by from_at desc, id desc limit 1
    )`.execute(tx)
}

/**
 * The lowest price of each SKU in the 30 days before the given price began; one that was not on
 * sale then is missing. A price that is not the present one begins now.
 */
export async function lowestBefore(
  db: Db,
  skus: readonly Pick<Struck, 'id' | 'priceFen'>[],
): Promise<Map<Id, Fen>> {
  if (skus.length === 0) return new Map()
  const { rows } = await sql<{ id: Id; lowestFen: Fen | null }>`
    with asked as (
      select * from unnest(${skus.map(sku => sku.id)}::uuid[],
        ${skus.map(sku => sku.priceFen)}::bigint[]) as asked (id, price_fen)
    ), span as (
      select sku_id, change.price_fen, change.id, from_at,
        lead(from_at, 1, 'infinity') over (partition by sku_id order by from_at, change.id)
          as until_at
      from pricehistory_change change where sku_id in (select id from asked)
    ), begun as (
      select asked.id, coalesce((
        select min(from_at) from span where sku_id = asked.id and price_fen = asked.price_fen
          and span.id > coalesce((select max(other.id) from span other
            where other.sku_id = asked.id and other.price_fen <> asked.price_fen), 0)
      ), now()) as begun_at from asked
    )
    select begun.id, (
      select min(price_fen) from span where sku_id = begun.id and price_fen is not null
        and from_at < begun_at and until_at > begun_at - interval '30 days'
    ) as "lowestFen" from begun`.execute(db)
  return new Map(rows.flatMap(row => (row.lowestFen === null ? [] : [[row.id, row.lowestFen]])))
}

const changesMax = 500

export type PriceChange = { skuId: Id; priceFen: Fen | null; fromAt: string; by: Id | null }

export async function changesOf(db: Db, skuIds: readonly Id[]): Promise<PriceChange[]> {
  const { rows } = await sql<Omit<PriceChange, 'fromAt'> & { fromAt: Date }>`
    select sku_id as "skuId", price_fen as "priceFen", from_at as "fromAt", changed_by as by
    from pricehistory_change where sku_id = any(${skuIds}::uuid[])
    order by from_at desc, id desc limit ${changesMax}`.execute(db)
  return rows.map(row => ({ ...row, fromAt: row.fromAt.toISOString() }))
}
