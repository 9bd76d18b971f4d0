import { type Id, newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Buyer, SoldSku } from '@kaibo/testkit/commerce'
import pg from 'pg'
import { headerText, lineText } from './naive.ts'
import type { Site } from './site.ts'

export type Goods = { sku: SoldSku; quantity: number }[]
/** What somebody buys at once, and the coupon's copy that makes it cheaper, if any. */
export type Cart = { buyer: Buyer; goods: Goods; copyId: Id | null }
const shelf = '00000000-0000-0000-0000-000000000000'
let sequence = 0

export type CartSource = () => Cart

/** What every coupon takes off. */
export const couponFen = 100
const copiesPerBuyer = 6

/** Makes carts for one buyer after the other; every second one uses a coupon, while its buyer has any. */
export async function cartSource(site: Site, skus: readonly SoldSku[]): Promise<CartSource> {
  const copies = await issueCoupons(site)
  let next = 0
  return () => {
    const buyer = must(site.buyers[next++ % site.buyers.length], 'a buyer')
    const copyId = next % 2 === 0 ? (copies.get(buyer.actor.userId)?.pop() ?? null) : null
    return { buyer, goods: randomCart(skus), copyId }
  }
}

async function issueCoupons({ database, team, buyers }: Site): Promise<Map<Id, Id[]>> {
  const templateId = newId()
  await database.query(
    '',
    `insert into coupon_template (id, shop_id, title, off_fen, threshold_fen, scope, valid_days,
       total_count, per_person_max, claim_from, claim_until, stack_group, with_activity, issued_count)
     values ($1, $2, '满减', $3, 0, 'all', 30, $4, $5, now(), now() + interval '1 day', 'shop',
       false, $4)`,
    [templateId, team.shopId, couponFen, buyers.length * copiesPerBuyer, copiesPerBuyer],
  )
  const rows = await database.query<{ id: Id; userId: Id }>(
    '',
    `insert into coupon_copy (id, template_id, user_id, valid_from, valid_until)
     select gen_random_uuid(), $1, user_id, now(), now() + interval '30 days'
     from unnest($2::uuid[]) user_id, generate_series(1, $3)
     returning id, user_id as "userId"`,
    [templateId, buyers.map(buyer => buyer.actor.userId), copiesPerBuyer],
  )
  const copies = new Map<Id, Id[]>()
  for (const { id, userId } of rows) copies.set(userId, [...(copies.get(userId) ?? []), id])
  return copies
}

/** One to five lines of different SKUs, one or two pieces each. */
function randomCart(skus: readonly SoldSku[]): Goods {
  const chosen = new Set<SoldSku>()
  const count = 1 + Math.floor(Math.random() * 5)
  while (chosen.size < count) {
    const sku = skus[Math.floor(Math.random() * skus.length)]
    if (sku) chosen.add(sku)
  }
  return [...chosen].map(sku => ({ sku, quantity: 1 + Math.floor(Math.random() * 2) }))
}

/** A cart as a plain transaction of prepared statements: locks in id order, then row by row. */
export function createPlain(site: Site, poolMax: number) {
  const pool = new pg.Pool({ connectionString: site.url, max: poolMax })
  return {
    place: async (cart: Cart): Promise<boolean> => {
      const client = await pool.connect()
      const run = (name: string, text: string, values: unknown[]) =>
        client.query({ name, text, values })
      try {
        await client.query('begin')
        await placeCart(run, site, cart)
        await client.query('commit')
        return true
      } catch (error) {
        await client.query('rollback')
        throw error
      } finally {
        client.release()
      }
    },
    close: () => pool.end(),
  }
}

type Run = (name: string, text: string, values: unknown[]) => Promise<pg.QueryResult>

async function placeCart(run: Run, { team }: Site, { buyer, goods, copyId }: Cart): Promise<void> {
  const id = newId()
  const skuIds = goods.map(each => each.sku.id)
  const facts = await run(
    'plain.skus',
    `select sku.id, product_id, title, spec, price_fen, version_id from catalog_sku sku
     join catalog_product product on product.id = sku.product_id where sku.id = any($1)`,
    [skuIds],
  )
  const address = await run(
    'plain.address',
    'select receiver_sealed from account_address where id = $1 and user_id = $2',
    [buyer.addressId, buyer.actor.userId],
  )
  const levels = await run(
    'plain.lock',
    `select sku_id, on_hand, reserved from stock_level
     where sku_id = any($1) and pool_id = $2 order by sku_id for update`,
    [skuIds, shelf],
  )
  const offFen = copyId === null ? 0 : couponFen
  const itemsFen = goods.reduce((sum, { sku, quantity }) => sum + sku.priceFen * quantity, 0)
  const totalFen = itemsFen - offFen
  await run('plain.order', headerText, [
    ...[id, `98${String(++sequence).padStart(12, '0')}`, id, buyer.actor.userId, team.shopId],
    ...[totalFen, address.rows[0].receiver_sealed],
  ])
  if (copyId !== null) await useCoupon(run, { copyId, orderId: id, buyer })
  for (const [position, { sku, quantity }] of goods.entries()) {
    const fact = facts.rows.find(row => row.id === sku.id)
    const level = levels.rows.find(row => row.sku_id === sku.id)
    if (level.on_hand - level.reserved < quantity) throw new Error('sold out')
    await run(
      'plain.hold',
      'update stock_level set reserved = reserved + $3 where sku_id = $1 and pool_id = $2',
      [sku.id, shelf, quantity],
    )
    await run(
      'plain.movement',
      `insert into stock_movement (sku_id, reason, cause_id, on_hand_delta, reserved_delta,
         on_hand_after, reserved_after) values ($1, 'hold', $2, 0, $3, $4, $5)`,
      [sku.id, id, quantity, level.on_hand, level.reserved + quantity],
    )
    await run('plain.line', lineText, [
      ...[newId(), id, position, fact.product_id, sku.id, fact.title, fact.spec, fact.price_fen],
      ...[quantity, fact.price_fen * quantity - (position === 0 ? offFen : 0), fact.version_id],
    ])
  }
  await run('plain.told', `select outbox_publish('orders.placed', $1)`, [
    JSON.stringify({ orderIds: [id], buyerIds: [buyer.actor.userId], shopIds: [team.shopId] }),
  ])
}

async function useCoupon(
  run: Run,
  { copyId, orderId, buyer }: { copyId: Id; orderId: Id; buyer: Buyer },
): Promise<void> {
  const copy = await run(
    'plain.coupon',
    `select id from coupon_copy
     where id = $1 and user_id = $2 and state = 'usable' and valid_until > now() for update`,
    [copyId, buyer.actor.userId],
  )
  if (copy.rows.length === 0) throw new Error('no such coupon')
  await run(
    'plain.coupon_lock',
    `update coupon_copy set state = 'locked', checkout_id = $2 where id = $1`,
    [copyId, orderId],
  )
  await run(
    'plain.coupon_use',
    'insert into coupon_use (order_id, copy_id, off_fen) values ($1, $2, $3)',
    [orderId, copyId, couponFen],
  )
}
