import type { PromotionPlan, PromotionRules } from '@kaibo/contract/offer/promotion'
import { dayMs } from '@kaibo/kernel/clock'
import { type Id, newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { basisPoints, fen } from '@kaibo/kernel/money'
import { createPrice } from '@kaibo/modules/price'
import { basketOf } from '@kaibo/testkit/baskets'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, visitor } from '@kaibo/testkit/people'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createPromotion } from './index.ts'

const { database } = await testDatabase()
const { db } = database
const { newShop, newProduct, catalog, stock } = createMarket(database)
const promotion = createPromotion({ database, catalog, stock })
const { handlers } = promotion
const price = createPrice({ sources: [promotion.offers] })

const all = { only: 'all' as const, ids: [] }
const inDays = (days: number) => new Date(Date.now() + days * dayMs).toISOString()

/** A shop with two products: tea at 100 yuan in two sizes, a cup at 50. */
async function newStall() {
  const team = await newShop()
  const { shopId } = team
  const ctx = ctxOf(team.clerk)
  const [tea, cup] = [
    await newProduct(team, { title: '岩茶', skus: [{ priceFen: 10_000 }, { priceFen: 18_000 }] }),
    await newProduct(team, { title: '茶杯', skus: [{ priceFen: 5_000 }] }),
  ]
  const skuIdOf = (product: typeof tea, at = 0) => must(product.skus[at], 'a SKU').id
  const plan = (rules: PromotionRules, changes: Partial<PromotionPlan> = {}) => ({
    shopId,
    id: newId(),
    ...{ title: '活动', startsAt: inDays(-1), endsAt: inDays(1), rules },
    ...changes,
  })
  const publish = (id: Id) => handlers.publish(ctx, { shopId, id })
  const run = async (rules: PromotionRules, changes: Partial<PromotionPlan> = {}) => {
    const { id } = await handlers.create(ctx, plan(rules, changes))
    return publish(id)
  }
  const quote = async (goods: [skuId: Id, quantity: number][], bundleId: Id | null = null) => {
    const skus = await catalog.skusByIds(
      db,
      goods.map(([skuId]) => skuId),
    )
    const [offers] = await price.offersFor(db, [
      {
        ...{
          buyerId: null,
          at: new Date(),
          roomToken: null,
          couponIds: null,
          wantsPoints: true,
        },
        source: { kind: 'shop', id: null },
        skus,
        bundleIds: bundleId ? [bundleId] : [],
      },
    ])
    const giftFacts = await catalog.skusByIds(db, price.giftSkuIds(offers ?? []))
    const lines = goods.map(([skuId, quantity]) => ({
      sku: must(
        skus.find(sku => sku.skuId === skuId),
        'on the shelf',
      ),
      ...{ quantity, bundleId },
    }))
    const gifts = giftFacts.map(sku => ({ sku, available: 9 }))
    return price.decide(basketOf(lines, offers ?? [], { gifts }))
  }
  return {
    ...{ team, shopId, ctx, plan, publish, run, quote, tea, cup },
    teaSkuId: skuIdOf(tea),
    bigTeaSkuId: skuIdOf(tea, 1),
    cupSkuId: skuIdOf(cup),
  }
}

const discount = (
  items: { skuId: Id; priceFen: number }[],
  share: {
    scope: { only: 'all' | 'products' | 'brands'; ids: Id[] }
    offBps: number
  } | null = null,
): PromotionRules => ({
  kind: 'limited_discount',
  items: items.map(item => ({ ...item, priceFen: fen(item.priceFen) })),
  share: share && { ...share, offBps: basisPoints(share.offBps) },
  stacksWithMember: false,
})
const reduction = (changes: Partial<Extract<PromotionRules, { kind: 'full_reduction' }>> = {}) => ({
  ...{ kind: 'full_reduction' as const, scope: all, by: 'amount' as const, repeats: false },
  tiers: [{ threshold: 10_000, off: { fen: fen(1_000) }, gifts: [] }],
  ...changes,
})

test('a limited discount lowers what it names, by price or by share', async () => {
  const { run, quote, teaSkuId, bigTeaSkuId, cupSkuId, cup } = await newStall()
  const share = { scope: { only: 'products' as const, ids: [cup.id] }, offBps: 2_000 }
  await run(discount([{ skuId: teaSkuId, priceFen: 8_800 }], share))
  expect((await quote([[teaSkuId, 1]])).payableFen).toBe(8_800)
  expect((await quote([[bigTeaSkuId, 1]])).payableFen).toBe(18_000)
  expect((await quote([[cupSkuId, 2]])).payableFen).toBe(8_000)
})

test('it runs in its window only, and a draft never', async () => {
  const { ctx, shopId, plan, run, quote, teaSkuId } = await newStall()
  const rules = discount([{ skuId: teaSkuId, priceFen: 8_800 }])
  const payableFen = async () => (await quote([[teaSkuId, 1]])).payableFen
  await handlers.create(ctx, plan(rules))
  const planned = await run(rules, { startsAt: inDays(2), endsAt: inDays(3) })
  expect(planned.state).toBe('scheduled')
  expect(await payableFen()).toBe(10_000)
  const { id } = await run(rules)
  expect(await payableFen()).toBe(8_800)
  await sql`update promotion set starts_at = now() - interval '1 h',
    ends_at = now() - interval '1 s' where id = ${id}`.execute(db)
  expect(await payableFen()).toBe(10_000)
  const { promotion: over, goods } = await handlers.manageView(ctx, { shopId, id })
  expect(over.state).toBe('ended')
  expect(goods).toMatchObject([{ skuId: teaSkuId, listPriceFen: 10_000, available: 10 }])
})

test('ending one stops it at once, twice is once', async () => {
  const { ctx, shopId, run, quote, teaSkuId } = await newStall()
  const { id } = await run(discount([{ skuId: teaSkuId, priceFen: 8_800 }]))
  const ended = await handlers.end(ctx, { shopId, id })
  expect(await handlers.end(ctx, { shopId, id })).toMatchObject({ endedAt: ended.endedAt })
  expect((await quote([[teaSkuId, 1]])).payableFen).toBe(10_000)
  await expect(handlers.publish(ctx, { shopId, id })).rejects.toMatchObject({
    code: 'promotion.wrong_state',
  })
})

test('full reductions take money off and give gifts', async () => {
  const { run, quote, teaSkuId, cupSkuId } = await newStall()
  const gifts = [{ skuId: cupSkuId, quantity: 1 }]
  await run(reduction({ tiers: [{ threshold: 15_000, off: { fen: fen(2_000) }, gifts }] }))
  expect((await quote([[teaSkuId, 1]])).discountFen).toBe(0)
  const two = await quote([[teaSkuId, 2]])
  expect(two.payableFen).toBe(18_000)
  expect(two.shops[0]?.lines.map(line => [line.isGift, line.payableFen])).toEqual([
    [false, 18_000],
    [true, 0],
  ])
})

test('buy two get one', async () => {
  const { run, quote, teaSkuId, cupSkuId } = await newStall()
  const gifts = [{ skuId: cupSkuId, quantity: 1 }]
  await run({ kind: 'buy_gift', scope: all, buyCount: 2, gifts, timesMax: 5 })
  const lines = async (count: number) => (await quote([[teaSkuId, count]])).shops[0]?.lines.length
  expect([await lines(1), await lines(2)]).toEqual([1, 2])
})

test('a bundle has its price only for those who buy it as a bundle', async () => {
  const { run, quote, teaSkuId, cupSkuId } = await newStall()
  const items = [
    { skuId: teaSkuId, quantity: 1 },
    { skuId: cupSkuId, quantity: 2 },
  ]
  const { id } = await run({ kind: 'bundle', items, priceFen: fen(15_000) })
  const goods: [Id, number][] = [
    [teaSkuId, 1],
    [cupSkuId, 2],
  ]
  expect((await quote(goods)).payableFen).toBe(20_000)
  expect((await quote(goods, id)).payableFen).toBe(15_000)
})

test('two limited discounts for one SKU at the same time are refused', async () => {
  const { run, teaSkuId, bigTeaSkuId, tea } = await newStall()
  await run(discount([{ skuId: teaSkuId, priceFen: 8_800 }]))
  const clash = expect.objectContaining({ code: 'promotion.overlap' })
  const again = discount([{ skuId: teaSkuId, priceFen: 8_000 }])
  await expect(run(again)).rejects.toEqual(clash)
  const products = { only: 'products' as const, ids: [tea.id] }
  await expect(run(discount([], { scope: products, offBps: 500 }))).rejects.toEqual(clash)
  await expect(run(discount([], { scope: all, offBps: 500 }))).rejects.toEqual(clash)
  await run(again, { startsAt: inDays(1), endsAt: inDays(2) })
  await run(discount([{ skuId: bigTeaSkuId, priceFen: 8_000 }]))
})

test('two full reductions for one product at the same time are refused', async () => {
  const { run, tea, cup } = await newStall()
  await run(reduction({ scope: { only: 'products', ids: [tea.id] } }))
  await run(reduction({ scope: { only: 'products', ids: [cup.id] } }))
  await expect(run(reduction())).rejects.toMatchObject({ code: 'promotion.overlap' })
})

test('two clashing drafts published at once: one of them runs', async () => {
  const { ctx, plan, publish, teaSkuId } = await newStall()
  const rules = discount([{ skuId: teaSkuId, priceFen: 8_800 }])
  const ids = [plan(rules), plan(rules), plan(rules)]
  for (const draft of ids) await handlers.create(ctx, draft)
  const published = await Promise.allSettled(ids.map(draft => publish(draft.id)))
  expect(published.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('what runs is not changed, what waits can be, a draft can be removed', async () => {
  const { ctx, shopId, plan, run, teaSkuId } = await newStall()
  const rules = discount([{ skuId: teaSkuId, priceFen: 8_800 }])
  const { id } = await run(rules)
  const next = { startsAt: inDays(2), endsAt: inDays(3) }
  const waiting = await run(rules, next)
  await expect(handlers.update(ctx, { ...plan(rules), id })).rejects.toMatchObject({
    code: 'promotion.wrong_state',
  })
  const renamed = { ...plan(rules, { ...next, title: '周末' }), id: waiting.id }
  expect(await handlers.update(ctx, renamed)).toMatchObject({ title: '周末', state: 'scheduled' })
  const early = { ...renamed, startsAt: inDays(-1) }
  await expect(handlers.update(ctx, early)).rejects.toMatchObject({ code: 'promotion.overlap' })
  await expect(handlers.remove(ctx, { shopId, id })).rejects.toMatchObject({
    code: 'promotion.wrong_state',
  })
  const draft = await handlers.create(ctx, plan(rules))
  await handlers.remove(ctx, { shopId, id: draft.id })
  await expect(handlers.manageView(ctx, { shopId, id: draft.id })).rejects.toMatchObject({
    code: 'promotion.not_found',
  })
})

test('the list is by kind and state', async () => {
  const { ctx, shopId, plan, run, teaSkuId } = await newStall()
  await run(discount([{ skuId: teaSkuId, priceFen: 8_800 }]), { title: '夏季' })
  await handlers.create(ctx, plan(reduction()))
  const titles = async (query: object) =>
    (await handlers.manageList(ctx, { shopId, limit: 9, ...query })).items.map(item => item.title)
  expect(await titles({})).toEqual(['活动', '夏季'])
  expect(await titles({ kind: 'limited_discount' })).toEqual(['夏季'])
  expect(await titles({ state: 'draft' })).toEqual(['活动'])
  expect(await titles({ state: 'running', q: '夏' })).toEqual(['夏季'])
})

test('plans that do not fit are refused, with the field', async () => {
  const { ctx, plan, teaSkuId, cupSkuId } = await newStall()
  const [tier] = reduction().tiers
  const off = { fen: fen(1_000) }
  const twice = [
    { skuId: cupSkuId, quantity: 1 },
    { skuId: cupSkuId, quantity: 1 },
  ]
  const wrong: [PromotionRules, string, Partial<PromotionPlan>?][] = [
    [discount([]), 'items'],
    [discount([{ skuId: teaSkuId, priceFen: 10_000 }]), 'priceFen'],
    [discount([{ skuId: teaSkuId, priceFen: 0 }]), 'priceFen'],
    [discount([], { scope: { only: 'products', ids: [] }, offBps: 1 }), 'scope'],
    [reduction(), 'endsAt', { endsAt: inDays(-2) }],
    [reduction(), 'endsAt', { endsAt: inDays(400) }],
    [reduction({ tiers: [{ threshold: 1_000, off, gifts: [] }] }), 'off'],
    [reduction({ tiers: [{ threshold: 9_000, off: null, gifts: [] }] }), 'off'],
    [reduction({ tiers: tier ? [tier, tier] : [] }), 'threshold'],
    [reduction({ tiers: [{ threshold: 9_000, off, gifts: twice }] }), 'gifts'],
    [{ kind: 'bundle', items: twice, priceFen: fen(1) }, 'items'],
    [
      {
        kind: 'bundle',
        items: [
          { skuId: teaSkuId, quantity: 1 },
          { skuId: cupSkuId, quantity: 1 },
        ],
        priceFen: fen(15_000),
      },
      'priceFen',
    ],
  ]
  for (const [rules, field, changes] of wrong)
    await expect(handlers.create(ctx, plan(rules, changes)), field).rejects.toMatchObject({
      code: 'promotion.plan_invalid',
      data: { field },
    })
})

test('the goods of another shop cannot be promoted or given', async () => {
  const [own, other] = [await newStall(), await newStall()]
  const gifts = [{ skuId: other.cupSkuId, quantity: 1 }]
  for (const rules of [
    discount([{ skuId: other.teaSkuId, priceFen: 1 }]),
    { kind: 'buy_gift' as const, scope: all, buyCount: 1, gifts, timesMax: 1 },
  ])
    await expect(handlers.create(own.ctx, own.plan(rules))).rejects.toMatchObject({
      code: 'product.not_found',
    })
  await other.run(discount([], { scope: all, offBps: 5_000 }))
  expect((await own.quote([[own.teaSkuId, 1]])).payableFen).toBe(10_000)
})

test('a product shows the offers it takes part in, with prices to strike through', async () => {
  const { run, tea, cup, teaSkuId, bigTeaSkuId, cupSkuId } = await newStall()
  const items = [
    { skuId: teaSkuId, quantity: 1 },
    { skuId: cupSkuId, quantity: 1 },
  ]
  await run(discount([{ skuId: teaSkuId, priceFen: 8_800 }]), { title: '限时' })
  await run(reduction({ scope: { only: 'products', ids: [cup.id] } }), { title: '满减' })
  await run({ kind: 'bundle', items, priceFen: fen(14_000) }, { title: '套装' })
  const shown = await handlers.ofProduct(ctxOf(visitor), { id: tea.id })
  expect(shown.offers.map(offer => offer.title)).toEqual(['限时', '套装'])
  expect(shown.offers[0]).toMatchObject({
    prices: [{ skuId: teaSkuId, listPriceFen: 10_000, priceFen: 8_800 }],
  })
  expect(shown.offers[1]?.goods.map(goods => goods.skuId)).toEqual([teaSkuId, cupSkuId])
  expect(shown.offers[0]?.prices.some(({ skuId }) => skuId === bigTeaSkuId)).toBe(false)
  await expect(handlers.ofProduct(ctxOf(visitor), { id: newId() })).rejects.toMatchObject({
    code: 'product.not_found',
  })
})

test('hosts do not plan promotions', async () => {
  const { team, plan } = await newStall()
  await expect(handlers.create(ctxOf(team.host), plan(reduction()))).rejects.toMatchObject({
    code: 'auth.forbidden',
  })
})
