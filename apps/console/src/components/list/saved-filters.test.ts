import { expect, test } from 'vitest'
import { isSameFilter, readSaved, withoutSaved, withSaved, writeSaved } from './saved-filters.ts'

const device = (kept = new Map<string, string>()) => ({
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, text: string) => void kept.set(key, text),
})
const toShip = { name: '待发货', filters: { state: 'paid', q: '' } }

test('a filter that was saved is there again, for its own page only', () => {
  const storage = device()
  writeSaved('orders', [toShip], storage)
  expect(readSaved('orders', storage)).toEqual([toShip])
  expect(readSaved('products', storage)).toEqual([])
})

test.each(['', '{', '5', '[{"name":1}]', '[{"name":"a","filters":{"state":1}}]', '[null]'])(
  'what cannot be read (%s) counts as nothing saved',
  text => {
    expect(readSaved('orders', device(new Map([['kaibo.console.filters.orders', text]])))).toEqual(
      [],
    )
  },
)

test('saving under a name again replaces it, and the oldest make room', () => {
  const changed = { ...toShip, filters: { state: 'shipped' } }
  expect(withSaved([toShip], changed)).toEqual([changed])
  const many = Array.from({ length: 25 }, (_, index) => ({ name: `${index}`, filters: {} }))
  const kept = many.reduce(withSaved, [toShip])
  expect(kept).toHaveLength(20)
  expect(kept.at(-1)?.name).toBe('24')
  expect(withoutSaved([toShip], '待发货')).toEqual([])
})

test('filters are the same when they show the same list', () => {
  expect(isSameFilter({ state: 'paid', q: '' }, { state: 'paid' })).toBe(true)
  expect(isSameFilter({ state: 'paid' }, { state: 'paid', q: '茶' })).toBe(false)
})
