import { newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, shopTeam } from '@kaibo/testkit/people'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createStock } from './index.ts'

const { database, connect } = await testDatabase()
const team = shopTeam()
const { shopId } = team
const clerk = ctxOf(team.clerk)
const titles = new Map<string, string>()
const stock = createStock({
  database,
  names: {
    skusByIds: async (_db, ids) =>
      ids.flatMap(skuId => {
        const title = titles.get(skuId)
        return title === undefined
          ? []
          : { skuId, productId: newId(), title, spec: { 颜色: '=红' }, pictureUrl: null }
      }),
    skuIdsLike: async (_db, { text }) =>
      [...titles].flatMap(([skuId, title]) => (title.includes(text) ? skuId : [])),
    peopleByIds: async () => new Map([[team.clerk.userId, { nickname: '小李' }]]),
  },
})
const watcher = must(
  stock.subscribers.find(each => each.event === 'stock.changed'),
  'a watcher',
)

async function newSku(onHand: number, title = '龙井') {
  const skuId = newId()
  titles.set(skuId, title)
  const row = { skuId, productId: newId(), shopId, onHand, actorId: team.owner.userId }
  await database.tx(tx => stock.open(tx, [row]))
  return skuId
}
let deliveredSeq = 0
/** Delivers what was published, in its order, as the outbox does. */
async function deliver() {
  const { rows } = await sql<{ seq: number; id: string; payload: unknown }>`
    select seq, seq::text as id, payload from outbox_event
    where name = 'stock.changed' and seq > ${deliveredSeq} order by seq`.execute(database.db)
  for (const { seq, id, payload } of rows) {
    await database.tx(tx => watcher.handle(tx, payload, id))
    deliveredSeq = seq
  }
}
const order = (skuId: string, quantity: number, on = database) =>
  on.tx(tx => stock.hold(tx, [{ orderId: newId(), lines: [{ skuId, quantity }] }]))
const adjust = (skuId: string, delta: number) =>
  stock.handlers.adjust(clerk, { shopId, skuId, id: newId(), delta, note: '补货' })
const alertsOf = async (skuId: string, state?: 'open' | 'restored') => {
  const { items } = await stock.handlers.alerts(clerk, {
    shopId,
    limit: 100,
    ...(state && { state }),
  })
  return items.filter(alert => alert.skuId === skuId)
}
const toldCount = async (skuId: string) => {
  const { rows } = await sql`select from outbox_event
    where name = 'stock.low' and payload ->> 'skuId' = ${skuId}`.execute(database.db)
  return rows.length
}

test('many orders at once that pass the threshold make one alert', async () => {
  const skuId = await newSku(30)
  const processes = [database, connect(), connect()]
  await Promise.all(Array.from({ length: 28 }, (_, index) => order(skuId, 1, processes[index % 3])))
  await deliver()
  expect(await alertsOf(skuId)).toMatchObject([{ available: 9, lowBelow: 10, restoredAt: null }])
  expect(await toldCount(skuId)).toBe(1)
})

test('an alert is armed again when there is enough, and told once more at the next crossing', async () => {
  const skuId = await newSku(12)
  await order(skuId, 3)
  await order(skuId, 1)
  await adjust(skuId, 20)
  await order(skuId, 20)
  await deliver()
  await deliver()
  expect((await alertsOf(skuId)).map(alert => alert.restoredAt !== null)).toEqual([false, true])
  expect(await toldCount(skuId)).toBe(2)
  expect(await alertsOf(skuId, 'open')).toHaveLength(1)
})

test('a shop says how few are too few, and the present stock is judged by it', async () => {
  const skuId = await newSku(50)
  const set = (lowBelow: number) => stock.handlers.setThreshold(clerk, { shopId, skuId, lowBelow })
  await deliver()
  expect(await alertsOf(skuId)).toEqual([])
  await set(60)
  await set(60)
  expect(await alertsOf(skuId, 'open')).toMatchObject([{ available: 50, lowBelow: 60 }])
  await set(0)
  expect(await alertsOf(skuId, 'open')).toEqual([])
  const strange = { shopId, skuId: newId(), lowBelow: 1 }
  await expect(stock.handlers.setThreshold(clerk, strange)).rejects.toMatchObject({
    code: 'product.not_found',
  })
})

test('the list shows the fewest first and can be narrowed to low, sold out, or a name', async () => {
  const [plenty, few, none] = [
    await newSku(99, '清单 茶壶'),
    await newSku(4, '清单 茶杯'),
    await newSku(0, '清单 茶叶'),
  ]
  const list = async (query: { filter?: 'all' | 'low' | 'sold_out'; q?: string }) => {
    const { items } = await stock.handlers.list(clerk, { shopId, limit: 50, q: '清单', ...query })
    return items.map(row => row.skuId)
  }
  expect(await list({})).toEqual([none, few, plenty])
  expect(await list({ filter: 'low' })).toEqual([none, few])
  expect(await list({ filter: 'sold_out' })).toEqual([none])
  expect(await list({ q: '茶壶' })).toEqual([plenty])
  expect(await list({ q: '没有这个' })).toEqual([])
  const first = await stock.handlers.list(clerk, { shopId, limit: 1, q: '清单' })
  const second = await stock.handlers.list(clerk, {
    ...{ shopId, limit: 1, q: '清单' },
    cursor: first.next ?? '',
  })
  expect(second.items.map(row => row.skuId)).toEqual([few])
})

test('the list is a file that no spreadsheet runs', async () => {
  const skuId = await newSku(7, '=cmd|calc')
  const { bytes, fileName } = await stock.handlers.sheet(clerk, { shopId, q: '=cmd' })
  expect(fileName).toBe('库存.csv')
  const [, line] = new TextDecoder().decode(bytes).trim().split('\r\n')
  expect(line).toBe(`${skuId},'=cmd|calc,颜色:=红,7,0,7,10`)
})

test('the trend counts what came in, went out and was sold, and ends with what is on hand', async () => {
  const skuId = await newSku(20)
  const orderId = newId()
  await database.tx(tx => stock.hold(tx, [{ orderId, lines: [{ skuId, quantity: 5 }] }]))
  await database.tx(tx => stock.ship(tx, [orderId]))
  await adjust(skuId, 3)
  await adjust(skuId, -2)
  await database.tx(tx => stock.allot(tx, [{ skuId, poolId: newId(), quantity: 4 }]))
  const { days } = await stock.handlers.trend(clerk, { shopId, skuId, days: 7 })
  expect(days).toHaveLength(7)
  expect(days.at(-1)).toMatchObject({ inCount: 23, outCount: 2, soldCount: 5, onHand: 16 })
  expect(days[0]).toMatchObject({ inCount: 0, onHand: 0 })
  const whole = await stock.handlers.trend(clerk, { shopId, days: 1 })
  expect(whole.days[0]?.soldCount).toBeGreaterThanOrEqual(5)
})

test('a movement names its document and who made it', async () => {
  const skuId = await newSku(5)
  const id = newId()
  await stock.handlers.adjust(clerk, { shopId, skuId, id, delta: 1, note: '补货' })
  const { items } = await stock.handlers.movements(clerk, { shopId, skuId, limit: 1 })
  expect(items[0]).toMatchObject({ documentId: id, actorName: '小李', note: '补货' })
})

test('a document changes all of its SKUs or none, and each once', async () => {
  const [a, b] = [await newSku(5), await newSku(5)]
  await order(b, 4)
  const by = { actorId: null, note: '' }
  const change = (delta: number, causeId = newId()) =>
    database.tx(tx =>
      stock.adjustAll(tx, {
        reason: 'count',
        causeId,
        changes: [
          { skuId: a, delta: 1 },
          { skuId: b, delta },
        ],
        by,
      }),
    )
  await expect(change(-2)).rejects.toMatchObject({
    code: 'stock.below_reserved',
    data: { skuIds: [b] },
  })
  const causeId = newId()
  await Promise.all([change(-1, causeId), change(-1, causeId)])
  const levels = await stock.levelsBySku(database.db, [a, b])
  expect([levels.get(a)?.onHand, levels.get(b)?.onHand]).toEqual([6, 4])
  expect(await stock.check(database.db)).toMatchObject({ ok: true })
})
