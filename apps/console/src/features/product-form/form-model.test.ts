import type { OwnProduct } from '@kaibo/contract/goods/catalog'
import { fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import { checkForm, emptyForm, formOf, type ProductForm, virtualTerms } from './form-model.ts'
import { rowsOf, type Spec, withAll, withSpecs } from './spec-model.ts'

const counter = () => {
  let count = 0
  return () => `id-${++count}`
}
const pictures = ['picture']

const simple = (priceText: string, stockText: string): ProductForm => {
  const form = { ...emptyForm(counter()), title: ' 高山茶 ' }
  const matrix = withAll(withAll(form.matrix, { priceText }), { stockText })
  return { ...form, matrix }
}
const withTwo = (name: string, ...texts: string[]): ProductForm => {
  const form = simple('1', '1')
  const values = texts.map((text, index) => ({ id: `v${index}`, text }))
  const specs: Spec[] = [{ id: 's', name, values }]
  const matrix = withAll(withSpecs(form.matrix, specs, counter()), { stockText: '1' })
  return { ...form, matrix }
}
const problemsOf = (form: ProductForm, files = pictures) => {
  const checked = checkForm(form, { pictureFileIds: files, videoFileId: null })
  return 'problems' in checked ? Object.values(checked.problems) : []
}

test('a product without variants needs a title, a picture, a price and a stock', () => {
  expect(problemsOf(emptyForm(counter()), [])).toEqual([
    'titleMissing',
    'picturesMissing',
    'priceWrong',
    'stockWrong',
  ])
})

test('the API gets trimmed texts, fen, and the opening stock', () => {
  const checked = checkForm(simple('12.9', '30'), { pictureFileIds: pictures, videoFileId: null })
  expect(checked).toMatchObject({
    body: {
      title: '高山茶',
      pictureFileIds: pictures,
      skus: [{ spec: {}, priceFen: 1290, initialStock: 30 }],
    },
  })
})

test.each(['0', '', 'abc', '1.234'])('%s is no price to sell at', priceText => {
  expect(problemsOf(simple(priceText, '1'))).toEqual(['priceWrong'])
})

test.each(['', '-1', '1.5', '1000001'])('%s is no stock to begin with', stockText => {
  expect(problemsOf(simple('1', stockText))).toEqual(['stockWrong'])
})

test.each([
  ['specNameMissing', withTwo(' ', '红', '青')],
  ['specValueMissing', withTwo('颜色', ' ')],
  ['specValueTwice', withTwo('颜色', '红', '红 ')],
])('specs are refused: %s', (problem, form) => {
  expect(problemsOf(form)).toContain(problem)
})

test('a product that sells none of its combinations is refused', () => {
  const form = withTwo('颜色', '红')
  const drafts = Object.entries(form.matrix.drafts).map(([key, draft]) => [
    key,
    { ...draft, isOffered: false },
  ])
  const matrix = { ...form.matrix, drafts: Object.fromEntries(drafts) }
  expect(problemsOf({ ...form, matrix })).toEqual(['noSkus'])
})

const strike = { fen: fen(19900), basis: 'list_price' as const, source: '厂商指导价' }
const sku = {
  strike: null,
  pictureUrl: null,
  weightG: 0,
  volumeCm3: 0,
  barcode: null,
  isDisabled: false,
}
const product: OwnProduct = {
  id: 'p',
  shopId: 's',
  title: '羊毛围巾',
  subtitle: '轻',
  description: '',
  detail: '<p>好</p>',
  pictureUrls: [],
  videoUrl: null,
  noReturn: 'custom_made',
  brand: { id: 'brand', name: '一叶' },
  categoryId: 'category',
  categories: [],
  tags: [{ id: 'tag', name: '新品' }],
  isVirtual: false,
  regionCodes: ['33'],
  limitPerBuyer: 2,
  freightTemplateId: 'freight',
  state: 'on_shelf',
  versionId: 'v',
  version: 3,
  review: null,
  shelveAt: null,
  unshelveAt: null,
  scheduleProblem: null,
  missingDocuments: [],
  skus: [
    { ...sku, id: 'a', spec: { 颜色: '驼色' }, priceFen: fen(16800), strike, available: 7 },
    {
      ...sku,
      ...{ id: 'b', spec: { 颜色: '雾灰' }, priceFen: fen(17850), available: 0 },
      ...{ weightG: 300, barcode: '6901', isDisabled: true },
    },
  ],
}

test('a product that exists goes through the form unchanged, and its stock is left alone', () => {
  const form = formOf(product, counter())
  expect(rowsOf(form.matrix).map(row => row.draft.priceText)).toEqual(['168', '178.50'])
  expect(checkForm(form, { pictureFileIds: pictures, videoFileId: 'film' })).toMatchObject({
    schedule: { shelveAt: null, unshelveAt: null },
    body: {
      title: '羊毛围巾',
      detail: '<p>好</p>',
      videoFileId: 'film',
      noReturn: 'custom_made',
      brandId: 'brand',
      categoryId: 'category',
      tagIds: ['tag'],
      regionCodes: ['33'],
      limitPerBuyer: 2,
      freightTemplateId: 'freight',
      skus: [
        { id: 'a', spec: { 颜色: '驼色' }, priceFen: 16800, initialStock: 0, strike },
        {
          ...{ id: 'b', spec: { 颜色: '雾灰' }, priceFen: 17850, initialStock: 0, strike: null },
          ...{ weightG: 300, barcode: '6901', isDisabled: true },
        },
      ],
    },
  })
})

test('a list price is above the price and says where it comes from', () => {
  const form = simple('10', '1')
  const struck = (strikeText: string, strikeSource: string) => ({
    ...form,
    strikeSource,
    matrix: withAll(form.matrix, { strike: 'list_price', strikeText }),
  })
  expect(problemsOf(struck('12', '厂商指导价'))).toEqual([])
  expect(problemsOf(struck('10', '厂商指导价'))).toEqual(['strikeWrong'])
  expect(problemsOf(struck('12', ' '))).toEqual(['strikeSourceMissing'])
})

test('what goes off the shelf does so after it went on', () => {
  const form = { ...simple('10', '1'), shelveText: '2026-11-22T20:00' }
  expect(problemsOf({ ...form, unshelveText: '2026-11-22T19:00' })).toEqual(['scheduleWrong'])
  expect(problemsOf({ ...form, unshelveText: '2026-11-23T19:00' })).toEqual([])
})

test('virtual goods begin as not returnable, and what the shop chose before stays', () => {
  expect(virtualTerms({ noReturn: null }, true)).toEqual({ isVirtual: true, noReturn: 'agreed' })
  expect(virtualTerms({ noReturn: 'agreed' }, false)).toEqual({ isVirtual: false, noReturn: null })
  for (const isVirtual of [true, false])
    expect(virtualTerms({ noReturn: 'digital' }, isVirtual).noReturn).toBe('digital')
})
