import type { SearchFilters } from '@kaibo/contract/goods/search'
import { newId } from '@kaibo/kernel/ids'
import { fen } from '@kaibo/kernel/money'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, visitor } from '@kaibo/testkit/people'
import { expect, test } from 'vitest'
import { createShelf } from './testing.ts'

const { database } = await testDatabase()
const { search, put, change, tell, sold } = createShelf(database)
const { handlers } = search
const anybody = ctxOf(visitor)

const [shoes, sports, boots, cups] = [newId(), newId(), newId(), newId()]
const [anta, lining] = [newId(), newId()]
const inSports = { categoryIds: [shoes, sports], categoryNames: ['鞋靴', '运动鞋'] }
const antaBrand = { brandId: anta, brandNames: ['安踏', 'ANTA'] }
const liningBrand = { brandId: lining, brandNames: ['李宁', 'Li-Ning'] }
const at = (day: number) => ({ listedAt: new Date(Date.UTC(2026, 0, day)) })

const running = put({
  title: '安踏男款缓震跑鞋',
  ...inSports,
  ...antaBrand,
  priceFen: 299_00,
  ...at(1),
})
const sneaker = put({
  title: '李宁透气运动鞋女',
  ...inSports,
  ...liningBrand,
  priceFen: 399_00,
  ...at(2),
})
const ball = put({
  title: '安踏球鞋 高帮',
  ...inSports,
  ...antaBrand,
  priceFen: 459_00,
  available: 0,
  tagNames: ['新品'],
  ...at(3),
})
const boot = put({
  title: '复古马丁靴',
  categoryIds: [shoes, boots],
  categoryNames: ['鞋靴', '靴子'],
  priceFen: 520_00,
  ...at(4),
})
const cup = put({
  title: '手作青瓷杯',
  categoryIds: [cups],
  categoryNames: ['杯子'],
  priceFen: 89_00,
  ...at(5),
})
const shell = put({ title: 'iPhone15手机壳 液态硅胶', priceFen: 39_00, ...at(6) })
await search.reindex()

const find = async (
  q: string,
  filters: SearchFilters & { sort?: 'sales' | 'new' | 'price_up' | 'price_down' } = {},
) => handlers.products(anybody, { q, limit: 20, ...filters })
const idsOf = async (...asked: Parameters<typeof find>) =>
  (await find(...asked)).items.map(hit => hit.product.id)
const sportShoes = [running, sneaker, ball].toSorted()

test('a kind of goods is found by its name and by the other names that people give it', async () => {
  for (const q of ['运动鞋', '球鞋', '跑鞋', 'sneakers'])
    expect((await idsOf(q)).toSorted(), q).toEqual(sportShoes)
})

test('slips by sound, pinyin, initials and slips in pinyin find the same', async () => {
  for (const q of [
    '运东鞋',
    '匀动鞋',
    'yundongxie',
    'yundonxie',
    'yundogxie',
    'ydx',
    'YunDongXie',
    '運動鞋',
  ])
    expect((await idsOf(q)).toSorted(), q).toEqual(sportShoes)
  expect(await find('运东鞋')).toMatchObject({ understoodAs: '运动鞋', isWide: false })
  expect(await find('运动鞋')).toMatchObject({ understoodAs: null })
})

test('every word narrows, in any mixture of scripts', async () => {
  expect(await idsOf('安踏跑鞋')).toContain(running)
  expect((await idsOf('anta 运动鞋')).toSorted()).toEqual([running, ball].toSorted())
  expect(await idsOf('李宁运动鞋女')).toEqual([sneaker])
  expect(await idsOf('iphone15 shoujike')).toEqual([shell])
  expect(await idsOf('iphnoe手机壳')).toEqual([shell])
})

test('when nothing has every word, products with some of them are listed and it is said', async () => {
  const page = await find('青瓷杯 跑鞋')
  expect(page.isWide).toBe(true)
  expect(page.items.map(hit => hit.product.id)).toContain(cup)
  expect((await handlers.facets(anybody, { q: '青瓷杯 跑鞋' })).total).toBe(page.items.length)
})

test('signs alone, an empty query and words that are nowhere answer calmly', async () => {
  expect((await find('！？…')).items).toEqual([])
  expect((await find("' or 1=1 --")).items).toEqual([])
  expect((await find('饕餮魑魅')).items).toEqual([])
  expect((await find('')).items).toHaveLength(6)
})

test('each count equals the rows that are listed when its value is chosen', async () => {
  const asked: SearchFilters[] = [
    {},
    { q: '鞋' },
    { categoryId: shoes },
    { categoryId: sports, inStock: true },
    { categoryId: shoes, brandIds: `${anta},${lining}`, priceMaxFen: fen(400_00) },
    { q: '运动鞋', tags: '新品' },
  ]
  for (const filters of asked) {
    const rows = async (more: SearchFilters) =>
      (await idsOf(filters.q ?? '', { ...filters, ...more })).length
    const facets = await handlers.facets(anybody, filters)
    expect(await rows({})).toBe(facets.total)
    expect(await rows({ inStock: true })).toBe(facets.inStock)
    for (const { id, count } of facets.brands) expect(await rows({ brandIds: id })).toBe(count)
    for (const { id, count } of facets.categories)
      expect(await rows({ categoryId: id })).toBe(count)
    for (const { id, count } of facets.tags) expect(await rows({ tags: id })).toBe(count)
    for (const { minFen, maxFen, count } of facets.prices) {
      const range = { priceMinFen: minFen, priceMaxFen: maxFen ?? fen(10_000_000) }
      expect(await rows(range)).toBe(count)
    }
  }
})

test('a category lists what lies below it', async () => {
  expect((await idsOf('', { categoryId: shoes })).toSorted()).toEqual(
    [...sportShoes, boot].toSorted(),
  )
  expect((await idsOf('', { categoryId: sports })).toSorted()).toEqual(sportShoes)
})

test('lists are in the order that was asked for, page after page', async () => {
  expect(await idsOf('', { sort: 'price_up', categoryId: shoes })).toEqual([
    running,
    sneaker,
    ball,
    boot,
  ])
  expect(await idsOf('', { sort: 'price_down', categoryId: shoes })).toEqual([
    boot,
    ball,
    sneaker,
    running,
  ])
  expect(await idsOf('', { sort: 'new' })).toEqual([shell, cup, boot, ball, sneaker, running])
  sold.splice(0, sold.length, { productId: cup, quantity: 5 }, { productId: boot, quantity: 2 })
  await tell('order.paid', { orderId: newId(), buyerId: newId() })
  await search.settle()
  expect((await idsOf('', { sort: 'sales' })).slice(0, 2)).toEqual([cup, boot])
  for (const sort of ['relevance', 'sales', 'new', 'price_up', 'price_down'] as const) {
    const all = await handlers.products(anybody, { q: '鞋 靴', sort, limit: 20 })
    const ids: string[] = []
    let cursor: string | null = null
    do {
      const page: typeof all = await handlers.products(anybody, {
        q: '鞋 靴',
        sort,
        limit: 1,
        ...(cursor ? { cursor } : {}),
      })
      ids.push(...page.items.map(hit => hit.product.id))
      cursor = page.next
    } while (cursor)
    expect(ids, sort).toEqual(all.items.map(hit => hit.product.id))
  }
})

test('what leaves the shelf is gone, what changes or comes back shows at once', async () => {
  change(boot, { state: 'off_shelf' })
  expect(await idsOf('马丁靴')).toEqual([])
  await tell('catalog.products_changed', { productIds: [boot] })
  expect((await handlers.facets(anybody, { categoryId: shoes })).total).toBe(3)
  change(boot, { state: 'on_shelf', title: '复古切尔西靴', priceFromFen: fen(88_00) })
  await tell('catalog.products_changed', { productIds: [boot] })
  expect(await idsOf('切尔西靴', { priceMaxFen: fen(90_00) })).toEqual([boot])
  expect(await idsOf('马丁靴')).toEqual([])
})

test('a product that is sold out and one that is stocked again change sides at once', async () => {
  expect(await idsOf('球鞋', { inStock: true, brandIds: anta })).toEqual([running])
  change(ball, { available: 3 })
  const levels = [{ skuId: newId(), productId: ball, available: 3 }]
  await tell('stock.changed', { shopId: newId(), levels })
  expect((await idsOf('球鞋', { inStock: true, brandIds: anta })).toSorted()).toEqual(
    [running, ball].toSorted(),
  )
})

test('what is being typed goes on in characters, pinyin and initials', async () => {
  const texts = async (q: string) =>
    (await handlers.suggest(anybody, { q })).items.map(item => item.text)
  expect(await texts('运')).toContain('运动鞋')
  expect(await texts('yund')).toContain('运动鞋')
  expect(await texts('yd')).toContain('运动鞋')
  expect((await handlers.suggest(anybody, { q: 'ant' })).items).toContainEqual({
    text: '安踏',
    kind: 'brand',
  })
  expect(await texts('？')).toEqual([])
})

test('words become hot by being looked for, and only words that the catalogue has', async () => {
  for (let round = 0; round < 3; round += 1) {
    await find('青瓷杯')
    await find('王小明 13800138000')
    await find('qingcibei')
  }
  await search.settle()
  expect((await handlers.hotWords(anybody, {})).items).toContain('青瓷杯')
  expect(JSON.stringify(await handlers.hotWords(anybody, {}))).not.toMatch(/王|138/)
  expect((await handlers.suggest(anybody, { q: '青瓷' })).items[0]).toEqual({
    text: '青瓷杯',
    kind: 'query',
  })
})

test('similar products are of the same category first, never itself, never off the shelf', async () => {
  const similar = async (id: string) =>
    (await handlers.similar(anybody, { id })).items.map(hit => hit.product.id)
  const like = await similar(running)
  expect(like).not.toContain(running)
  expect(like.slice(0, 2).toSorted()).toEqual([sneaker, ball].toSorted())
  expect(like[0]).toBe(ball)
  change(sneaker, { state: 'off_shelf' })
  expect(await similar(running)).not.toContain(sneaker)
  await expect(handlers.similar(anybody, { id: newId() })).rejects.toMatchObject({
    code: 'product.not_found',
  })
})

test('a new index forgets what the catalogue forgot', async () => {
  change(sneaker, { state: 'on_shelf' })
  change(cup, { state: 'off_shelf' })
  expect(await search.reindex()).toBe(5)
  expect((await handlers.facets(anybody, {})).total).toBe(5)
  expect((await handlers.suggest(anybody, { q: 'qingci' })).items.map(i => i.kind)).not.toContain(
    'word',
  )
})
