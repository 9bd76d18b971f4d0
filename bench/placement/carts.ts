import { newId } from '@kaibo/kernel/ids'
import type { Buyer, SoldSku } from '@kaibo/testkit/commerce'
import pg from 'pg'
import { headerText, lineText } from './naive.ts'
import type { Site } from './site.ts'

export type Goods = { sku: SoldSku; quantity: number }[]
const shelf = '00000000-0000-0000-0000-000000000000'
let sequence = 0

/** One to five lines of different SKUs, one or two pieces each. */
export function randomCart(skus: readonly SoldSku[]): Goods {
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
    place: async (buyer: Buyer, goods: Goods): Promise<boolean> => {
      const client = await pool.connect()
      const run = (name: string, text: string, values: unknown[]) =>
        client.query({ name, text, values })
      try {
        await client.query('begin')
        await placeCart(run, site, { buyer, goods })
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

async function placeCart(
  run: Run,
  { team }: Site,
  { buyer, goods }: { buyer: Buyer; goods: Goods },
): Promise<void> {
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
  const totalFen = goods.reduce((sum, { sku, quantity }) => sum + sku.priceFen * quantity, 0)
  await run('plain.order', headerText, [
    ...[id, `98${String(++sequence).padStart(12, '0')}`, id, buyer.actor.userId, team.shopId],
    ...[totalFen, address.rows[0].receiver_sealed],
  ])
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
      ...[quantity, fact.price_fen * quantity, fact.version_id],
    ])
  }
  await run('plain.told', `select outbox_publish('orders.placed', $1)`, [
    JSON.stringify({ orderIds: [id], buyerIds: [buyer.actor.userId], shopIds: [team.shopId] }),
  ])
}
