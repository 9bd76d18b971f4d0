import { newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf } from '@kaibo/testkit/people'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createProductSheet } from './index.ts'

const { database } = await testDatabase()
const market = createMarket(database)
const { catalog, files, stock } = market
const sheets = createProductSheet({ database, catalog, files })

async function newDesk() {
  const team = await market.newShop()
  const { shopId } = team
  const ctx = ctxOf(team.clerk)
  // A product brings a picture that others may name.
  const { pictureUrls } = await market.newProduct(team, { title: '样品' })
  const picture = must(pictureUrls[0]?.split('/').at(-1), 'a picture')
  const check = (lines: string, id = newId()) =>
    sheets.handlers.check(ctx, {
      shopId,
      importId: id,
      bytes: new TextEncoder().encode(`商家编码,标题,规格,价格（元）,初始库存,图片\n${lines}`),
      contentType: 'application/octet-stream',
    })
  const apply = (id: string, pictureFileId: string | null = picture) =>
    sheets.handlers.apply(ctx, { shopId, id, pictureFileId })
  const products = async () => {
    const ids = await catalog.ownIdsAfter(database.db, { shopId, afterId: null, limit: 500 })
    const copies = await catalog.workingCopies(database.db, { shopId, ids })
    return copies.filter(copy => copy.title !== '样品')
  }
  return { ...team, ctx, picture, check, apply, products }
}

test('a sheet is checked without changing anything, and then makes drafts with stock', async () => {
  const { check, apply, products } = await newDesk()
  const checked = await check('A,龙井,"规格:50 g",68,5,\nA,,规格：100 g,128.50,7,\nB,茶杯,,19.9,,')
  expect(checked).toMatchObject({
    state: 'checked',
    createCount: 2,
    updateCount: 0,
    badCount: 0,
    pictureMissingCount: 2,
    problems: [],
  })
  expect(await products()).toEqual([])
  expect(await apply(checked.id)).toMatchObject({ state: 'done', doneCount: 2, failedCount: 0 })
  const made = await products()
  const tea = must(
    made.find(product => product.title === '龙井'),
    'the tea',
  )
  expect(tea.skus.map(sku => [sku.spec, sku.priceFen])).toEqual([
    [{ 规格: '50 g' }, 6800],
    [{ 规格: '100 g' }, 12850],
  ])
  const levels = await stock.levelsBySku(
    database.db,
    tea.skus.map(sku => sku.id),
  )
  expect(tea.skus.map(sku => levels.get(sku.id)?.onHand)).toEqual([5, 7])
})

test('an update by merchant code changes what the sheet says and nothing else', async () => {
  const { check, apply, products } = await newDesk()
  await apply((await check('A,龙井,规格:50 g,68,5,\nA,,规格:100 g,128,7,')).id)
  const [before] = await products()
  const checked = await check('A,,规格:50 g,60,99,\nA,,规格:250 g,300,3,')
  expect(checked).toMatchObject({ createCount: 0, updateCount: 1 })
  await apply(checked.id)
  const [after] = await products()
  expect(after?.title).toBe('龙井')
  expect(after?.skus.map(sku => [sku.spec.规格, sku.priceFen])).toEqual([
    ['50 g', 6000],
    ['100 g', 12800],
    ['250 g', 30000],
  ])
  expect(after?.skus[0]?.id).toBe(before?.skus[0]?.id)
  const skuId = after?.skus[0]?.id ?? ''
  expect((await stock.levelsBySku(database.db, [skuId])).get(skuId)?.onHand).toBe(5)
})

test('a product with one wrong row is left out as a whole, and every row says why', async () => {
  const { check, apply, products, ctx, shopId } = await newDesk()
  const checked = await check(
    'A,龙井,规格:50 g,68,5,\nA,,规格:100 g,十元,7,\nB,好茶,,1,,\nC,重复,规格:1,1,,\nC,,规格:1,2,,',
  )
  expect(checked).toMatchObject({ createCount: 1, badCount: 2 })
  expect(checked.problems.map(({ row, code }) => [row, code])).toEqual([
    [2, 'productsheet.row_skipped'],
    [3, 'sheet.cell_no_money'],
    [5, 'productsheet.row_skipped'],
    [6, 'product.skus_clash'],
  ])
  await apply(checked.id)
  expect((await products()).map(product => product.title)).toEqual(['好茶'])
  const report = await sheets.handlers.report(ctx, { shopId, id: checked.id, language: 'en' })
  const lines = new TextDecoder().decode(report.bytes).trim().split('\r\n')
  expect(lines).toHaveLength(5)
  expect(lines[2]).toContain('“Price (yuan)” must be an amount')
})

test('what the catalogue refuses is reported with its row, and the rest is written', async () => {
  const { check, apply, products } = await newDesk()
  const checked = await check(`A,无图,,1,,\nB,外图,,1,,${newId()}\nC,,,1,,`)
  const done = await apply(checked.id, null)
  expect(done).toMatchObject({ state: 'done', doneCount: 0, failedCount: 3 })
  expect(done.problems.map(({ row, code }) => [row, code])).toEqual([
    [2, 'productsheet.picture_missing'],
    [3, 'file.not_found'],
    [4, 'productsheet.title_missing'],
  ])
  expect(await products()).toEqual([])
})

test('products are written together, and a bad one among them is left out alone', async () => {
  const { check, apply, products } = await newDesk()
  const line = (index: number) => `M${index},茶 ${index},,9.9,2,${index === 12 ? newId() : ''}`
  const done = await apply(
    (await check(Array.from({ length: 30 }, (_, at) => line(at)).join('\n'))).id,
  )
  expect(done).toMatchObject({ state: 'done', doneCount: 29, failedCount: 1 })
  expect(done.problems.map(({ row, code }) => [row, code])).toEqual([[14, 'file.not_found']])
  const made = await products()
  expect(made.map(product => product.title)).not.toContain('茶 12')
  expect(made).toHaveLength(29)
  const again = await apply(
    (await check(Array.from({ length: 30 }, (_, at) => `M${at},,,8,,`).join('\n'))).id,
  )
  expect(again).toMatchObject({ doneCount: 29, failedCount: 1 })
  // Rows that one transaction wrote carry its number.
  const { rows } = await sql`select distinct xmin::text from catalog_product
    where id = any(${made.map(product => product.id)}::uuid[])`.execute(database.db)
  expect(rows.length).toBeLessThan(10)
})

test('a product that is named by its code and by its id is changed by both', async () => {
  const { check, apply, products } = await newDesk()
  await apply((await check('A,龙井,,68,5,')).id)
  const [tea] = await products()
  expect(await apply((await check(`A,,,60,,\n${tea?.id},明前龙井,,50,,`)).id)).toMatchObject({
    doneCount: 2,
  })
  expect(await products()).toMatchObject([{ title: '明前龙井', skus: [{ priceFen: 5_000 }] }])
})

test('checking and applying again changes nothing more', async () => {
  const { check, apply, products } = await newDesk()
  const id = newId()
  const line = 'A,龙井,,68,5,'
  const both = await Promise.all([check(line, id), check(line, id)])
  expect(both[0]).toEqual(both[1])
  await Promise.all([apply(id), apply(id)])
  await apply(id)
  expect(await products()).toHaveLength(1)
  await expect(check('B,别的,,1,,', id)).rejects.toMatchObject({ code: 'productsheet.id_taken' })
})

test('two imports of the same new products make each of them once', async () => {
  const { check, apply, products } = await newDesk()
  const lines = Array.from({ length: 15 }, (_, index) => `K${index},茶 ${index},,9.9,2,`).join('\n')
  const [a, b] = await Promise.all([check(lines), check(lines)])
  const done = await Promise.all([apply(a.id), apply(b.id)])
  expect(done).toMatchObject([
    { doneCount: 15, failedCount: 0 },
    { doneCount: 15, failedCount: 0 },
  ])
  const made = await products()
  expect(made).toHaveLength(15)
  expect(made.every(product => product.skus.length === 1)).toBe(true)
})

test('what one call leaves over, the job goes on with', async () => {
  const { check, apply, ctx, shopId } = await newDesk()
  const lines = Array.from({ length: 45 }, (_, index) => `J${index},茶 ${index},,9.9,,`).join('\n')
  const { id } = await check(lines)
  expect(await apply(id)).toMatchObject({ state: 'applying', doneCount: 30 })
  // Whoever worked on it was killed: its lease runs out.
  await sql`update productsheet_import set lease_until = now() - interval '1 second'
    where id = ${id}`.execute(database.db)
  expect(await sheets.applyNext(100)).toBe(15)
  expect(await sheets.handlers.view(ctx, { shopId, id })).toMatchObject({
    state: 'done',
    doneCount: 45,
  })
})

test.each(['csv', 'xlsx'] as const)(
  'what was exported as %s and imported again changes nothing',
  async format => {
    const { check, apply, products, ctx, shopId } = await newDesk()
    await apply((await check('=A1,龙井,规格:50 g;装:罐,68,5,\n=A1,,规格:1 kg;装:袋,0.99,7,')).id)
    const before = await products()
    const { bytes } = await sheets.handlers.export(ctx, { shopId, format, language: 'en' })
    const id = newId()
    const upload = { shopId, importId: id, bytes, contentType: 'application/octet-stream' }
    expect(await sheets.handlers.check(ctx, upload)).toMatchObject({
      createCount: 0,
      updateCount: 2,
      problems: [],
    })
    expect(await apply(id)).toMatchObject({ doneCount: 2, failedCount: 0 })
    const bodyOf = ({ title, skus, pictureFileIds }: (typeof before)[number]) => ({
      ...{ title, skus, pictureFileIds },
    })
    expect((await products()).map(bodyOf)).toEqual(before.map(bodyOf))
  },
)

test('an import of another shop is as unknown as none at all', async () => {
  const [mine, other] = [await newDesk(), await newDesk()]
  const { id } = await mine.check('A,龙井,,68,5,')
  await expect(other.apply(id)).rejects.toMatchObject({ code: 'productsheet.not_found' })
  await expect(other.check('A,龙井,,68,5,', id)).rejects.toMatchObject({
    code: 'request.not_found',
  })
  await expect(
    sheets.handlers.view(ctxOf(other.host), { shopId: mine.shopId, id }),
  ).rejects.toMatchObject({ code: 'request.not_found' })
})
