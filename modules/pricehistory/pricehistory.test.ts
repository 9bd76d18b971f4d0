import { newId } from '@kaibo/kernel/ids'
import { fen } from '@kaibo/kernel/money'
import { testDatabase } from '@kaibo/testkit/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createPriceHistory } from './index.ts'

const { database } = await testDatabase()
const { db } = database
const history = createPriceHistory()
const note = (skuId: string, priceFen: number | null) =>
  database.tx(tx =>
    history.note(tx, {
      prices: [{ skuId, priceFen: priceFen === null ? null : fen(priceFen) }],
      by: null,
    }),
  )
const pricesOf = async (skuId: string) =>
  (await history.changesOf(db, [skuId])).map(change => change.priceFen)
const struck = async (id: string, priceFen: number) => {
  const strike = { fen: fen(99_900), basis: 'lowest_30_days' as const, source: 'typed' }
  const [sku] = await history.withBasis(db, [{ id, priceFen: fen(priceFen), strike }])
  return sku?.strike
}
const refused = { code: 'product.strike_without_basis' }

test('a price that did not change is not noted again', async () => {
  const id = newId()
  for (const price of [8_900, 8_900, 7_900, null, null, 7_900]) await note(id, price)
  expect(await pricesOf(id)).toEqual([7_900, null, 7_900, 8_900])
})

test('what is struck through is what was asked within 30 days, whatever is typed', async () => {
  const id = newId()
  await expect(struck(id, 6_900)).rejects.toMatchObject(refused)
  for (const price of [5_000, 8_900, 6_900]) await note(id, price)
  const dated = (price: number, days: number) =>
    sql`update pricehistory_change set from_at = now() - ${days} * interval '1 day'
      where sku_id = ${id} and price_fen = ${price}`.execute(db)
  await dated(5_000, 90)
  await dated(8_900, 60)
  // The cheap price of long ago counts no more.
  expect(await struck(id, 6_900)).toEqual({ fen: 8_900, basis: 'lowest_30_days', source: '' })
  await dated(8_900, 10)
  await expect(struck(id, 6_900)).rejects.toMatchObject(refused)
})
