import { fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import {
  addressOf,
  changed,
  fenOfYuan,
  filterCount,
  historyMax,
  remembered,
  toggled,
  type Wanted,
  wantedOf,
} from './model.ts'

const brand = '019a0000-0000-7000-8000-000000000001'
const other = '019a0000-0000-7000-8000-000000000002'

test('an address and what it asks for are the same thing', () => {
  const wanted: Wanted = {
    q: '运动鞋 男',
    brandIds: `${brand},${other}`,
    categoryId: brand,
    tags: '新品',
    priceMinFen: fen(1_00),
    priceMaxFen: fen(99_50),
    inStock: true,
    sort: 'price_up',
  }
  expect(wantedOf(addressOf(wanted).slice('/search'.length))).toEqual(wanted)
  expect(addressOf({ sort: 'relevance' })).toBe('/search')
})

test('what makes no sense in an address is left out', () => {
  const search = '?q=%20%20&brand=x&cat=%27&min=-1&max=1e9&stock=yes&sort=random'
  expect(wantedOf(search)).toEqual({ sort: 'relevance' })
})

test('amounts are taken as people type them, to the fen', () => {
  expect(fenOfYuan('0.29')).toBe(29)
  expect(fenOfYuan(' 12.5 ')).toBe(1250)
  for (const text of ['', 'a', '1.234', '-2', '99999999']) expect(fenOfYuan(text)).toBeNull()
})

test('a second press takes a brand out again', () => {
  expect(toggled(undefined, brand)).toBe(brand)
  expect(toggled(brand, other)).toBe(`${brand},${other}`)
  expect(toggled(`${brand},${other}`, brand)).toBe(other)
  expect(toggled(brand, brand)).toBeUndefined()
})

test('filters are counted, a price range as one', () => {
  const wanted = changed({ sort: 'new' }, { brandIds: `${brand},${other}`, priceMaxFen: fen(5) })
  expect(filterCount(wanted)).toBe(3)
  expect(changed(wanted, { brandIds: undefined })).toEqual({ sort: 'new', priceMaxFen: 5 })
})

test('the device remembers the latest words, each once', () => {
  expect(remembered(['杯', '鞋'], '鞋')).toEqual(['鞋', '杯'])
  const many = Array.from({ length: 30 }, (_, at) => `${at}`)
  expect(remembered(many, '新')).toHaveLength(historyMax)
})
