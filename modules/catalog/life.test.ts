import type { NewProduct } from '@kaibo/contract/goods/catalog'
import { newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { fen } from '@kaibo/kernel/money'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, operatorActor, visitor } from '@kaibo/testkit/people'
import { sql } from 'kysely'
import { expect, test } from 'vitest'

const { database } = await testDatabase()
const { newShop, newProduct, ...free } = createMarket(database)
const reviewed = createMarket(database, { isReviewRequired: true })
const team = await newShop()
const { shopId } = team
const clerk = ctxOf(team.clerk)
const operator = ctxOf(operatorActor())
const anybody = ctxOf(visitor)
const { handlers } = free.catalog
const pictureFileIds = (await newProduct(team)).pictureUrls.map(url => url.slice(-36))

const draft = (changes: Partial<NewProduct> = {}): NewProduct => ({
  id: newId(),
  title: '手作青瓷杯',
  subtitle: '',
  description: '',
  pictureFileIds,
  skus: [{ id: newId(), spec: { 套装: '单只' }, priceFen: fen(8_900), initialStock: 4 }],
  ...changes,
})
const priced = (
  product: NewProduct,
  priceFen: number,
  strike?: NewProduct['skus'][number]['strike'],
) => ({
  shopId,
  ...product,
  skus: product.skus.map(sku => ({ ...sku, priceFen: fen(priceFen), strike: strike ?? null })),
})
const shelve = (id: string, state: 'on_shelf' | 'off_shelf' = 'on_shelf') =>
  handlers.setShelf(clerk, { shopId, id, state })

test('of two editors who began alike, the second is told; one who does not say may write', async () => {
  const product = draft()
  const { version } = await handlers.create(clerk, { shopId, ...product })
  const edit = (title: string) => handlers.update(clerk, { shopId, ...product, title, version })
  const results = await Promise.allSettled([edit('甲'), edit('乙')])
  expect(results.filter(result => result.status === 'fulfilled')).toHaveLength(1)
  expect(results.find(result => result.status === 'rejected')).toMatchObject({
    reason: { code: 'product.changed', data: { version: version + 1 } },
  })
  const { version: after } = await handlers.update(clerk, { shopId, ...product, title: '丙' })
  expect(after).toBe(version + 2)
})

test('every change makes a version, and an old one shows the page as it was', async () => {
  const product = draft({ detail: '<p>旧</p><script>x</script>' })
  await handlers.create(clerk, { shopId, ...product })
  const before = await shelve(product.id)
  const [facts] = await free.catalog.skusByIds(database.db, [must(product.skus[0], 'a SKU').id])
  expect(facts?.versionId).toBe(before.versionId)
  await handlers.update(clerk, { ...priced(product, 7_900), title: '新名', detail: '<p>新</p>' })
  const page = await free.snapshot.pageOf(database.db, before.versionId)
  expect(page).toMatchObject({
    title: '手作青瓷杯',
    detail: '<p>旧</p>',
    skus: [{ priceFen: 8_900 }],
  })
  expect(page?.pictureUrls).toEqual(before.pictureUrls)
  const now = await handlers.view(anybody, product)
  expect(now).toMatchObject({ title: '新名', detail: '<p>新</p>', version: before.version + 1 })
  await expect(
    sql`update snapshot_page set number = 9 where id = ${before.versionId}`.execute(database.db),
  ).rejects.toThrow('versions of products are kept')
})

test('a struck-through price is the lowest of the 30 days before, whatever is typed', async () => {
  const product = draft()
  const lowest = { fen: fen(99_900), basis: 'lowest_30_days' as const, source: '' }
  await handlers.create(clerk, priced(product, 8_900))
  const refused = { code: 'product.strike_without_basis' }
  // Nobody could buy it yet, so there is no price to strike through.
  await expect(handlers.update(clerk, priced(product, 6_900, lowest))).rejects.toMatchObject(
    refused,
  )
  await shelve(product.id)
  const cut = await handlers.update(clerk, priced(product, 6_900, lowest))
  expect(cut.skus[0]?.strike).toEqual({ fen: 8_900, basis: 'lowest_30_days', source: '' })
  // An unchanged price keeps its basis; a deeper cut rests on the lower one.
  const again = await handlers.update(clerk, priced(product, 6_900, lowest))
  expect(again.skus[0]?.strike?.fen).toBe(8_900)
  const deeper = await handlers.update(clerk, priced(product, 5_900, lowest))
  expect(deeper.skus[0]?.strike?.fen).toBe(6_900)
  // Raised for a moment and lowered again: the low price still counts.
  await handlers.update(clerk, priced(product, 20_000))
  await expect(handlers.update(clerk, priced(product, 5_900, lowest))).rejects.toMatchObject(
    refused,
  )
  const { items } = await handlers.prices(clerk, { shopId, id: product.id })
  expect(items.map(row => row.priceFen)).toEqual([20_000, 5_900, 6_900, 8_900])
})

test('a list price names its source and is above the price', async () => {
  const product = draft()
  const list = (listFen: number, source: string) =>
    priced(product, 8_900, { fen: fen(listFen), basis: 'list_price', source })
  for (const bad of [list(8_900, '厂商指导价'), list(9_900, '')]) {
    await expect(handlers.create(clerk, bad)).rejects.toMatchObject({
      code: 'product.strike_without_basis',
    })
  }
  const { skus } = await handlers.create(clerk, list(9_900, '厂商指导价 2026'))
  expect(skus[0]?.strike).toEqual({ fen: 9_900, basis: 'list_price', source: '厂商指导价 2026' })
})

test('the clock puts on and takes off; times that are past are refused', async () => {
  const product = draft()
  await handlers.create(clerk, { shopId, ...product })
  const at = (sec: number) => new Date(Date.now() + sec * 1_000).toISOString()
  const schedule = (shelveAt: string | null, unshelveAt: string | null) =>
    handlers.schedule(clerk, { shopId, id: product.id, shelveAt, unshelveAt })
  for (const [from, until] of [
    [at(-60), null],
    [at(60), at(30)],
  ] as const) {
    await expect(schedule(from, until)).rejects.toMatchObject({ code: 'product.schedule_past' })
  }
  await schedule(at(3_600), at(7_200))
  await free.schedule.moveDue()
  const stateNow = async () => (await handlers.manageView(clerk, { shopId, id: product.id })).state
  expect(await stateNow()).toBe('draft')
  const pass = (column: 'shelve_at' | 'unshelve_at') =>
    sql`update schedule_time set ${sql.ref(column)} = now() - interval '1 s' where product_id = ${product.id}`.execute(
      database.db,
    )
  await pass('shelve_at')
  // Two workers at once: the product moves once.
  const moved = await Promise.all([free.schedule.moveDue(), free.schedule.moveDue()])
  expect(moved.toSorted()).toEqual([0, 1])
  expect(await stateNow()).toBe('on_shelf')
  await pass('unshelve_at')
  await free.schedule.moveDue()
  expect(await stateNow()).toBe('off_shelf')
})

test('clearing the shelf needs the right number, and nothing of the shop is listed after it', async () => {
  const owner = await newShop()
  const ctx = ctxOf(owner.owner)
  await Promise.all([newProduct(owner), newProduct(owner), newProduct(owner)])
  const clear = (productCount: number) =>
    handlers.clearShelf(ctx, { shopId: owner.shopId, productCount })
  await expect(clear(2)).rejects.toMatchObject({
    code: 'product.changed',
    data: { productCount: 3 },
  })
  expect(await clear(3)).toEqual({ productCount: 3 })
  const listed = await handlers.list(anybody, { shopId: owner.shopId, limit: 10 })
  expect(listed.items).toEqual([])
  expect(await handlers.counts(ctx, { shopId: owner.shopId })).toMatchObject({ off_shelf: 3 })
})

test('a copy is a draft with variants of its own and nothing in stock', async () => {
  const product = draft({ detail: '<p>好</p>', limitPerBuyer: 3, regionCodes: ['33'] })
  await handlers.create(clerk, { shopId, ...product })
  const copyId = newId()
  const copy = await handlers.copy(clerk, { shopId, id: product.id, copyId })
  expect(copy).toMatchObject({
    id: copyId,
    state: 'draft',
    title: product.title,
    detail: '<p>好</p>',
    limitPerBuyer: 3,
    regionCodes: ['33'],
    skus: [{ available: 0, spec: { 套装: '单只' } }],
  })
  expect(copy.skus[0]?.id).not.toBe(product.skus[0]?.id)
  expect(await handlers.copy(clerk, { shopId, id: product.id, copyId })).toEqual(copy)
})

test('a disabled variant is shown and cannot be ordered', async () => {
  const [sku] = draft().skus
  const off = { ...must(sku, 'a SKU'), id: newId(), spec: { 套装: '对杯' }, isDisabled: true }
  const product = draft({ skus: [must(sku, 'a SKU'), off] })
  await handlers.create(clerk, { shopId, ...product })
  expect((await shelve(product.id)).skus[1]).toMatchObject({ isDisabled: true })
  const facts = await free.catalog.skusByIds(database.db, [off.id])
  expect(facts).toMatchObject([{ state: 'off_shelf', weightG: 0, mayReturn: true }])
})

test('with review, only what was approved is put on; who rejects says why', async () => {
  const { catalog, review } = reviewed
  const product = draft({ noReturn: 'custom_made' })
  await catalog.handlers.create(clerk, { shopId, ...product })
  const owned = { shopId, id: product.id }
  const putOn = () => catalog.handlers.setShelf(clerk, { ...owned, state: 'on_shelf' })
  await expect(putOn()).rejects.toMatchObject({ code: 'product.not_approved' })

  await catalog.handlers.submit(clerk, owned)
  const open = await review.handlers.queue(operator, { state: 'open', limit: 10 })
  const [first] = open.items
  expect(first).toMatchObject({ productId: product.id, isChange: false })
  const id = must(first, 'a case').id
  const decide = (isApproved: boolean, reason: string) =>
    review.handlers.decide(operator, { id, isApproved, reason })
  await expect(decide(false, '')).rejects.toMatchObject({ code: 'review.reason_missing' })
  await decide(false, '主图有水印')
  await expect(decide(true, '')).rejects.toMatchObject({ code: 'review.decided' })
  expect(await catalog.handlers.manageView(clerk, owned)).toMatchObject({
    state: 'rejected',
    review: { state: 'rejected', reason: '主图有水印' },
  })
  await expect(putOn()).rejects.toMatchObject({ code: 'product.not_approved' })

  await catalog.handlers.submit(clerk, owned)
  const [second] = (await review.handlers.queue(operator, { state: 'open', limit: 10 })).items
  const again = must(second, 'a case').id
  // Two reviewers at once: one decides.
  const both = await Promise.allSettled([
    review.handlers.decide(operator, { id: again, isApproved: true, reason: '' }),
    review.handlers.decide(operator, { id: again, isApproved: false, reason: '否' }),
  ])
  expect(both.filter(result => result.status === 'fulfilled')).toHaveLength(1)
  const { state } = await catalog.handlers.manageView(clerk, owned)
  expect(state).toBe(both[0]?.status === 'fulfilled' ? 'approved' : 'rejected')
})

test('a change of what is on sale waits for its approval; prices do not', async () => {
  const { bulkedit, catalog, review } = reviewed
  const product = draft()
  await free.catalog.createProduct(team.owner, { shopId, ...product })
  await shelve(product.id)
  const added = { id: newId(), spec: { 套装: '礼盒' }, priceFen: fen(32_800), initialStock: 7 }
  const edited = { ...priced(product, 7_900), title: '青瓷对杯' }
  edited.skus.push({ ...added, strike: null })
  const working = await catalog.handlers.update(clerk, edited)
  expect(working).toMatchObject({
    title: '青瓷对杯',
    state: 'on_shelf',
    review: { state: 'open', isChange: true },
    skus: [{ priceFen: 7_900 }, { id: added.id }],
  })
  const seen = () => catalog.handlers.view(anybody, product)
  expect(await seen()).toMatchObject({ title: product.title, skus: [{ priceFen: 7_900 }] })
  expect((await seen()).skus).toHaveLength(1)

  const open = await review.handlers.queue(operator, { state: 'open', limit: 100 })
  const found = must(
    open.items.find(one => one.productId === product.id),
    'a case',
  )
  expect(await review.handlers.view(operator, { id: found.id })).toMatchObject({
    proposed: { title: '青瓷对杯', skus: [{ priceFen: 7_900 }, { priceFen: 32_800 }] },
    present: { title: product.title },
  })
  // A price changed meanwhile is not undone by the approval.
  await bulkedit.handlers.bulk(clerk, {
    shopId,
    ids: [product.id],
    change: { priceDeltaFen: -100 },
  })
  await review.handlers.decide(operator, { id: found.id, isApproved: true, reason: '' })
  expect(await seen()).toMatchObject({
    title: '青瓷对杯',
    skus: [{ priceFen: 7_800 }, { id: added.id, available: 7 }],
  })
})
