import type { OrderSource } from '@kaibo/contract/trade/order'
import type { Db } from '@kaibo/db/database'
import { type Id, syntheticFrom } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Fen } from '@kaibo/kernel/money'
import { sql } from 'kysely'

/** Which orders: of a shop, from a source, ever paid, of real people. */
export type SalesQuery = { shopId: Id; source: OrderSource }

export type SoldProduct = {
  productId: Id
  title: string
  orderCount: number
  soldCount: number
  /** For the goods alone, without postage. */
  amountFen: Fen
  /** Of the last ten minutes. */
  recentOrderCount: number
}

export type SalesMinute = { minute: Date; orderCount: number; amountFen: Fen }

export type Sales = {
  orderCount: number
  buyerCount: number
  amountFen: Fen
  minutes: SalesMinute[]
  /** Best first, gifts left out. */
  products: SoldProduct[]
}

const recentSec = 600

const paidFrom = ({ shopId, source }: SalesQuery) => sql`
  shop_id = ${shopId} and source_kind = ${source.kind}
  and source_id is not distinct from ${source.id}::uuid and paid_at is not null
  and buyer_id < ${syntheticFrom}`

/** What was sold, whatever became of it: the same orders as `totalsBySource` of `order` adds up. */
export async function salesOf(db: Db, query: SalesQuery): Promise<Sales> {
  const { rows } = await sql<Omit<SalesMinute, 'minute'> & Pick<Sales, 'buyerCount'> & Grouped>`
    select date_trunc('minute', paid_at) as minute, count(*) as "orderCount",
      count(distinct buyer_id) as "buyerCount",
      coalesce(sum(payable_fen), 0)::bigint as "amountFen"
    from order_header where ${paidFrom(query)}
    group by grouping sets ((), (date_trunc('minute', paid_at)))`.execute(db)
  const whole = must(
    rows.find(row => row.minute === null),
    'the empty grouping set has one row',
  )
  const minutes = rows.flatMap(({ minute, orderCount, amountFen }) =>
    minute ? [{ minute, orderCount, amountFen }] : [],
  )
  const { orderCount, buyerCount, amountFen } = whole
  return { orderCount, buyerCount, amountFen, minutes, products: await soldProducts(db, query) }
}

type Grouped = { minute: Date | null }

async function soldProducts(db: Db, query: SalesQuery): Promise<SoldProduct[]> {
  const { rows } = await sql<SoldProduct>`
    select product_id as "productId", max(title) as title,
      count(distinct order_id) as "orderCount", sum(quantity)::bigint as "soldCount",
      sum(line.payable_fen)::bigint as "amountFen",
      count(distinct order_id) filter (
        where paid_at > now() - make_interval(secs => ${recentSec})) as "recentOrderCount"
    from order_header join order_line line on line.order_id = order_header.id
    where ${paidFrom(query)} and not is_gift
    group by product_id
    order by 5 desc, 4 desc, 1`.execute(db)
  return rows
}
