import { newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, type Team, visitor } from '@kaibo/testkit/people'
import { createStage } from '@kaibo/testkit/stage'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'

const { database, connect } = await testDatabase()
const market = createMarket(database)
const stage = createStage(database, market)
const { live, showcase, outbox } = stage
const elsewhere = createStage(connect(), market).showcase
const team = await market.newShop()
const newProduct = async (of = team) => (await market.newProduct(of)).id
const products = [await newProduct(), await newProduct(), await newProduct()]
const [tea = '', cup = '', bowl = ''] = products

/** A room of a shop of its own with everything that a host does in it. */
async function newRoom() {
  const { id, shopId } = await stage.newSession(team)
  const ctx = ctxOf(team.host)
  const end = () => live.handlers.end(ctx, { shopId, id })
  return {
    id,
    end,
    bag: () => showcase.handlers.bag(ctxOf(visitor), { id }),
    setBag: (version: number, productIds: string[], on = showcase) =>
      on.handlers.setBag(ctx, { shopId, id, version, productIds }),
    explain: (productId: string | null, on = showcase) =>
      on.handlers.explain(ctx, { shopId, id, productId }),
    marks: async () => {
      const { rows } = await sql<{ productId: string; sec: number; isOpen: boolean }>`
        select product_id as "productId", ended_at is null as "isOpen",
          round(extract(epoch from coalesce(ended_at, now()) - started_at))::int as sec
        from showcase_explain where live_id = ${id} order by started_at`.execute(database.db)
      return rows
    },
    told: async () => {
      const { rows } = await sql<{ version: number }>`
        select (payload ->> 'version')::int as version from outbox_event
        where name = 'showcase.changed' and payload ->> 'liveId' = ${id} order by seq`.execute(
        database.db,
      )
      return rows.map(row => row.version)
    },
  }
}
/** One room after the other: a shop has one open session. */
async function inRoom(use: (room: Awaited<ReturnType<typeof newRoom>>) => Promise<void>) {
  const room = await newRoom()
  await use(room).finally(room.end)
}
const codesOf = (results: PromiseSettledResult<unknown>[]) =>
  results.map(each => (each.status === 'fulfilled' ? 'ok' : each.reason.code)).toSorted()
const shelf = (id: string, state: 'on_shelf' | 'off_shelf' | 'draft') =>
  sql`update catalog_product set state = ${state} where id = ${id}`.execute(database.db)

test('everybody sees the same bag and the same explained product, latecomers too', () =>
  inRoom(async ({ bag, setBag, explain }) => {
    expect(await bag()).toEqual({ version: 0, items: [], explaining: null })
    const filled = await setBag(0, [cup, tea])
    expect(filled.items.map(({ number, product }) => [number, product.id])).toEqual([
      [1, cup],
      [2, tea],
    ])
    const explained = await explain(tea)
    expect(explained).toMatchObject({
      version: 2,
      explaining: { item: { number: 2, product: { id: tea } }, since: expect.any(String) },
    })
    expect(await bag()).toEqual(explained)
  }))

test('a room that the platform stopped has nothing for sale any more', async () => {
  const { id, bag, setBag, explain } = await newRoom()
  await setBag(0, [cup, tea])
  await explain(tea)
  await database.tx(tx => live.stop(tx, { of: 'session', id }, 'illegal'))
  while ((await outbox.drain({ limit: 100 })) > 0);
  expect(await bag()).toEqual({ version: 3, items: [], explaining: null })
})

test('of two hosts who sort at once one is refused and looks again', () =>
  inRoom(async ({ bag, setBag, told }) => {
    const results = await Promise.allSettled([
      setBag(0, [tea, cup]),
      setBag(0, [cup, tea], elsewhere),
      setBag(0, [bowl]),
    ])
    expect(codesOf(results)).toEqual(['ok', 'showcase.changed', 'showcase.changed'])
    const refused = results.find(each => each.status === 'rejected')
    expect(refused?.reason.data).toEqual({ version: 1 })
    const { version } = await bag()
    expect((await setBag(version, [bowl])).items).toHaveLength(1)
    expect(await told()).toEqual([1, 2])
  }))

test('one product is explained at a time, whoever presses', () =>
  inRoom(async ({ bag, setBag, explain, marks }) => {
    await setBag(0, products)
    const presses = Array.from({ length: 12 }, (_, n) =>
      explain(products[n % 3] ?? null, n % 2 ? elsewhere : showcase),
    )
    await Promise.all(presses)
    const open = (await marks()).filter(mark => mark.isOpen)
    expect(open).toHaveLength(1)
    expect((await bag()).explaining?.item.product.id).toBe(open[0]?.productId)
  }))

test('pressing again changes nothing, and pressing none ends the explanation', () =>
  inRoom(async ({ bag, setBag, explain, marks, told }) => {
    await setBag(0, [tea])
    const first = await explain(tea)
    expect(await explain(tea)).toEqual(first)
    expect((await explain(null)).explaining).toBeNull()
    expect(await explain(null)).toEqual(await bag())
    expect(await marks()).toMatchObject([{ productId: tea, isOpen: false }])
    expect(await told()).toEqual([1, 2, 3])
  }))

test('a product that leaves the bag is not explained any more, others go on', () =>
  inRoom(async ({ setBag, explain, marks }) => {
    await setBag(0, [tea, cup])
    await explain(tea)
    expect((await setBag(2, [cup, tea])).explaining?.item).toMatchObject({ number: 2 })
    expect((await setBag(3, [cup])).explaining).toBeNull()
    expect(await marks()).toMatchObject([{ isOpen: false }])
    await expect(explain(tea)).rejects.toMatchObject({ code: 'showcase.not_in_bag' })
    await expect(explain(newId())).rejects.toMatchObject({ code: 'showcase.not_in_bag' })
  }))

test('a product that is hidden is not shown, and the others keep their numbers', () =>
  inRoom(async ({ bag, setBag, explain }) => {
    const hidden = await newProduct()
    await setBag(0, [hidden, tea])
    await explain(hidden)
    await shelf(hidden, 'draft')
    const { items, explaining } = await bag()
    expect(items.map(({ number, product }) => [number, product.id])).toEqual([[2, tea]])
    expect(explaining).toBeNull()
    await expect(explain(hidden)).rejects.toMatchObject({ code: 'showcase.not_in_bag' })
    const again = setBag(2, [hidden, tea])
    await expect(again).rejects.toMatchObject({ code: 'product.not_found' })
    await shelf(hidden, 'off_shelf')
    expect((await bag()).items).toHaveLength(2)
  }))

test('only products of the shop go into its bag', async () => {
  const foreign = await newProduct(await market.newShop())
  await inRoom(async ({ bag, setBag }) => {
    for (const productId of [foreign, newId()])
      await expect(setBag(0, [tea, productId])).rejects.toMatchObject({ code: 'product.not_found' })
    expect(await bag()).toMatchObject({ version: 0, items: [] })
  })
})

test('the end of a session ends its explanation at that moment, however late we hear of it', async () => {
  const room = await newRoom()
  await room.setBag(0, [tea])
  await room.explain(tea)
  await room.end()
  await sql`update live_session set ended_at = ended_at + interval '60 s' where id = ${room.id}`.execute(
    database.db,
  )
  await outbox.drain({ limit: 100 })
  expect(await room.marks()).toEqual([{ productId: tea, isOpen: false, sec: 60 }])
  const [mark] = await showcase.explainsOf(database.db, room.id)
  expect(mark).toMatchObject({ productId: tea, title: '龙井春茶', seconds: 60 })
  await expect(room.explain(tea)).rejects.toMatchObject({ code: 'live.ended' })
  await expect(room.setBag(2, [])).rejects.toMatchObject({ code: 'live.ended' })
})

test('nothing is explained for ever: a press in the moment of the end ends as well', async () => {
  for (let round = 0; round < 6; round++) {
    const room = await newRoom()
    await room.setBag(0, products)
    const presses = [tea, cup].map(id => room.explain(id, elsewhere).catch(() => null))
    await Promise.all([...presses, room.end().then(() => outbox.drain({ limit: 100 }))])
    await outbox.drain({ limit: 100 })
    expect((await room.marks()).filter(mark => mark.isOpen)).toEqual([])
  }
})

test('whatever hosts do, versions only grow and marks follow one another', async () => {
  const press = fc.oneof(
    fc.record({ do: fc.constant('explain' as const), product: fc.option(fc.nat(2)) }),
    fc.record({
      do: fc.constant('bag' as const),
      ids: fc.uniqueArray(fc.nat(2), { maxLength: 3 }),
    }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(press, { maxLength: 10 }), presses =>
      inRoom(async ({ bag, setBag, explain, marks, told }) => {
        const idAt = (index: number) => must(products[index], 'a product')
        for (const each of presses) {
          if (each.do === 'bag') await setBag((await bag()).version, each.ids.map(idAt))
          else await explain(each.product === null ? null : idAt(each.product)).catch(() => null)
        }
        const versions = await told()
        expect(versions).toEqual(versions.map((_, index) => index + 1))
        expect((await bag()).version).toBe(versions.length)
        expect((await marks()).slice(0, -1).every(mark => !mark.isOpen)).toBe(true)
      }),
    ),
    { numRuns: 15 },
  )
})

test('the bag of another shop, of no room or without the right is out of reach', async () => {
  const stranger: Team = await market.newShop()
  await inRoom(async ({ id }) => {
    const change = (by: Team['host'], at: { shopId: string; id: string }) =>
      showcase.handlers.explain(ctxOf(by), { ...at, productId: null })
    const foreign = { shopId: stranger.shopId, id }
    await expect(change(stranger.host, foreign)).rejects.toMatchObject({ code: 'live.not_found' })
    const mine = { shopId: team.shopId, id }
    await expect(change(stranger.host, mine)).rejects.toMatchObject({ code: 'request.not_found' })
    await expect(change(team.clerk, mine)).rejects.toMatchObject({ code: 'auth.forbidden' })
    const nowhere = { shopId: team.shopId, id: newId() }
    await expect(change(team.host, nowhere)).rejects.toMatchObject({ code: 'live.not_found' })
    const unseen = showcase.handlers.bag(ctxOf(visitor), nowhere)
    await expect(unseen).rejects.toMatchObject({ code: 'live.not_found' })
  })
})
