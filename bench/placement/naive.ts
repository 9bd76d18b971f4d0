import { newId } from '@kaibo/kernel/ids'
import type { SoldSku } from '@kaibo/testkit/commerce'
import pg from 'pg'
import { type Page, receiverSealed } from './lane.ts'
import type { Site } from './site.ts'

/** One order as most shops place it: a transaction of its own around a locked row. */
export type Naive = { place(want: Want): Promise<boolean>; close(): Promise<void> }
type Want = { sku: SoldSku; page: Page; buyerId: string; quantity: number; max: number }

const shelf = '00000000-0000-0000-0000-000000000000'
let sequence = 0
const numberOf = () => `99${String(++sequence).padStart(12, '0')}`

/** The same tables and the same decided order, prepared statements, nine round trips. */
export function createNaive(site: Site, poolMax: number): Naive {
  const pool = new pg.Pool({ connectionString: site.url, max: poolMax })
  return {
    place: async want => {
      const client = await pool.connect()
      const run = (name: string, text: string, values: unknown[]) =>
        client.query({ name, text, values })
      try {
        await client.query('begin')
        const isPlaced = await placeOne(run, site, want)
        await client.query(isPlaced ? 'commit' : 'rollback')
        return isPlaced
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

async function placeOne(run: Run, { team }: Site, want: Want): Promise<boolean> {
  const { sku, page, buyerId, quantity, max } = want
  const { productId, versionId } = page
  const { priceFen } = sku
  const id = newId()
  const level = await run(
    'naive.lock',
    'select on_hand, reserved from stock_level where sku_id = $1 and pool_id = $2 for update',
    [sku.id, shelf],
  )
  const { on_hand: onHand, reserved } = level.rows[0]
  if (onHand - reserved < quantity) return false
  const taken = await run(
    'naive.limit',
    `insert into placement_limit as so_far (limit_id, buyer_id, quantity) values ($1, $2, $3)
     on conflict (limit_id, buyer_id) do update set quantity = so_far.quantity + $3
     where so_far.quantity + $3 <= $4 returning quantity`,
    [productId, buyerId, quantity, max],
  )
  if (taken.rows.length === 0) return false
  await run(
    'naive.hold',
    'update stock_level set reserved = reserved + $3 where sku_id = $1 and pool_id = $2',
    [sku.id, shelf, quantity],
  )
  await run(
    'naive.movement',
    `insert into stock_movement (sku_id, reason, cause_id, on_hand_delta, reserved_delta,
       on_hand_after, reserved_after) values ($1, 'hold', $2, 0, $3, $4, $5)`,
    [sku.id, id, quantity, onHand, reserved + quantity],
  )
  await run('naive.order', headerText, [
    ...[id, numberOf(), id, buyerId, team.shopId, priceFen * quantity],
    receiverSealed,
  ])
  await run('naive.line', lineText, [
    ...[
      newId(),
      id,
      0,
      productId,
      sku.id,
      '龙井春茶 罐装',
      { 规格: '100 g' },
      priceFen,
      quantity,
      priceFen * quantity,
    ],
    versionId,
  ])
  await run('naive.told', `select outbox_publish('orders.placed', $1)`, [
    JSON.stringify({ orderIds: [id], buyerIds: [buyerId], shopIds: [team.shopId] }),
  ])
  return true
}

export const headerText = `
  insert into order_header (id, number, request_hash, buyer_id, shop_id, checkout_id, state,
    items_fen, discount_fen, shipping_fen, payable_fen, receiver_sealed, note, source_kind,
    created_at, expires_at)
  values ($1, $2, $3, $4, $5, $1, 'pending', $6, 0, 0, $6, $7, '', 'shop', now(),
    now() + interval '15 minutes')`

export const lineText = `
  insert into order_line (id, order_id, position, product_id, sku_id, title, spec, list_price_fen,
    unit_price_fen, quantity, payable_fen, version_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $11)`
