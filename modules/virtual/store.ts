import type { VirtualKind } from '@kaibo/contract/trade/virtual'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'

export type RuleRow = {
  skuId: Id
  productId: Id
  shopId: Id
  kind: VirtualKind
  refundRule: string
  cancelHours: number
}
export type LineState = 'unpaid' | 'waiting' | 'delivered' | 'over'
export type LineRow = {
  lineId: Id
  orderId: Id
  shopId: Id
  buyerId: Id
  skuId: Id
  quantity: number
  state: LineState
  slotId: Id | null
}

const ruleColumns = sql`sku_id as "skuId", product_id as "productId", shop_id as "shopId", kind,
  refund_rule as "refundRule", cancel_hours as "cancelHours"`

export async function rulesBySku(db: Db, skuIds: readonly Id[]): Promise<Map<Id, RuleRow>> {
  const { rows } = await sql<RuleRow>`
    select ${ruleColumns} from virtual_rule where sku_id = any(${skuIds}::uuid[])`.execute(db)
  return new Map(rows.map(row => [row.skuId, row]))
}

/** Writes a rule. False when another kind is in use: codes are there, slots, or somebody waits. */
export async function putRule(tx: Tx, rule: RuleRow): Promise<boolean> {
  const { rows } = await sql`
    insert into virtual_rule (sku_id, product_id, shop_id, kind, refund_rule, cancel_hours)
    values (${rule.skuId}, ${rule.productId}, ${rule.shopId}, ${rule.kind}, ${rule.refundRule},
      ${rule.cancelHours})
    on conflict (sku_id) do update set kind = excluded.kind,
      refund_rule = excluded.refund_rule, cancel_hours = excluded.cancel_hours
    where virtual_rule.kind = excluded.kind or (
      not exists (select from virtual_code where sku_id = excluded.sku_id)
      and not exists (select from virtual_slot where sku_id = excluded.sku_id))
    returning sku_id`.execute(tx)
  return rows.length > 0
}

export type SkuRow = RuleRow & {
  freeCodeCount: number
  givenCodeCount: number
  waitingCount: number
}

type RuleQuery = { shopId: Id; productId: Id | undefined; page: PageQuery }

/** Rules of a shop or a product, the newest first, with codes left and pieces that wait. */
export function pageOfRules(db: Db, { shopId, productId, page }: RuleQuery): Promise<Page<SkuRow>> {
  const codeCount = (state: string) => sql<number>`(select count(*) from virtual_code code
    where code.sku_id = virtual_rule.sku_id and code.state = ${state})`
  const waitingCount = sql<number>`(select coalesce(sum(quantity), 0) from virtual_line line
    where line.sku_id = virtual_rule.sku_id and line.state = 'waiting')`
  let query = db
    .selectFrom('virtual_rule')
    .where('shop_id', '=', shopId)
    .select(from => [
      'sku_id as skuId',
      'product_id as productId',
      'shop_id as shopId',
      from.ref('kind').$castTo<VirtualKind>().as('kind'),
      'refund_rule as refundRule',
      'cancel_hours as cancelHours',
      codeCount('free').as('freeCodeCount'),
      codeCount('given').as('givenCodeCount'),
      waitingCount.as('waitingCount'),
    ])
  if (productId) query = query.where('product_id', '=', productId)
  const newestFirst = [
    ['created_at', 'desc'],
    ['sku_id', 'desc'],
  ] as const
  return pageBy(query, newestFirst, page)
}

const lineColumns = sql`line_id as "lineId", order_id as "orderId", shop_id as "shopId",
  buyer_id as "buyerId", sku_id as "skuId", quantity, state, slot_id as "slotId"`

/** Makes the lines that are not there yet, locks all of them, and reads them. */
export async function lockLines(
  tx: Tx,
  lines: readonly Omit<LineRow, 'slotId'>[],
): Promise<LineRow[]> {
  await sql`
    insert into virtual_line (line_id, order_id, shop_id, buyer_id, sku_id, quantity, state)
    select * from unnest(
      ${lines.map(line => line.lineId)}::uuid[], ${lines.map(line => line.orderId)}::uuid[],
      ${lines.map(line => line.shopId)}::uuid[], ${lines.map(line => line.buyerId)}::uuid[],
      ${lines.map(line => line.skuId)}::uuid[], ${lines.map(line => line.quantity)}::int[],
      ${lines.map(line => line.state)}::text[])
    on conflict do nothing`.execute(tx)
  const { rows } = await sql<LineRow>`
    select ${lineColumns} from virtual_line
    where line_id = any(${lines.map(line => line.lineId)}::uuid[])
    order by line_id for update`.execute(tx)
  return rows
}

export async function linesOfOrders(db: Db, orderIds: readonly Id[]): Promise<LineRow[]> {
  const { rows } = await sql<LineRow>`
    select ${lineColumns} from virtual_line where order_id = any(${orderIds}::uuid[])
    order by line_id`.execute(db)
  return rows
}

/** Lines of a SKU that are paid and lack their codes, oldest first, locked. */
export async function lockWaiting(tx: Tx, skuId: Id, limit: number): Promise<LineRow[]> {
  const { rows } = await sql<LineRow>`
    select ${lineColumns} from virtual_line where sku_id = ${skuId} and state = 'waiting'
    order by created_at, line_id limit ${limit} for update skip locked`.execute(tx)
  return rows
}

/** Lines whose booked slot is over, the earliest first, locked. */
export async function lockFinished(tx: Tx, limit: number): Promise<LineRow[]> {
  const { rows } = await sql<LineRow>`
    select line_id as "lineId", order_id as "orderId", shop_id as "shopId",
      buyer_id as "buyerId", line.sku_id as "skuId", quantity, state, slot_id as "slotId"
    from virtual_line line join virtual_slot slot on slot.id = line.slot_id
    where state = 'waiting' and ends_at <= now()
    order by ends_at, line_id limit ${limit} for update of line skip locked`.execute(tx)
  return rows
}

export async function setLine(
  tx: Tx,
  line: { lineId: Id; state: LineState; slotId?: Id | null },
): Promise<void> {
  await tx
    .updateTable('virtual_line')
    .set({
      state: line.state,
      ...(line.slotId === undefined ? {} : { slot_id: line.slotId }),
      ...(line.state === 'delivered' ? { delivered_at: sql<Date>`now()` } : {}),
    })
    .where('line_id', '=', line.lineId)
    .execute()
}
