import type { Product } from '@kaibo/contract/catalog'
import { fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import { checkForm, emptyForm, formOf, type ProductForm } from './form-model.ts'
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
  const checked = checkForm(form, files)
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
  const checked = checkForm(simple('12.9', '30'), pictures)
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

test('a product that exists goes through the form unchanged, and its stock is left alone', () => {
  const product: Product = {
    id: 'p',
    shopId: 's',
    title: '羊毛围巾',
    subtitle: '轻',
    description: '',
    pictureUrls: [],
    state: 'on_shelf',
    skus: [
      { id: 'a', spec: { 颜色: '驼色' }, priceFen: fen(16800), available: 7 },
      { id: 'b', spec: { 颜色: '雾灰' }, priceFen: fen(17850), available: 0 },
    ],
  }
  const form = formOf(product, counter())
  expect(rowsOf(form.matrix).map(row => row.draft.priceText)).toEqual(['168', '178.50'])
  expect(checkForm(form, pictures)).toMatchObject({
    body: {
      title: '羊毛围巾',
      skus: [
        { id: 'a', spec: { 颜色: '驼色' }, priceFen: 16800, initialStock: 0 },
        { id: 'b', spec: { 颜色: '雾灰' }, priceFen: 17850, initialStock: 0 },
      ],
    },
  })
})
