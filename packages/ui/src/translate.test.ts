import { expect, test } from 'vitest'
import { createTranslate } from './translate.ts'

const missing: string[] = []
const onMissing = (key: string) => missing.push(key)
const english = createTranslate(
  {
    hello: 'Hello {{name}}, {{name}}!',
    cart: {
      left_one: '{{count}} piece',
      left_other: '{{count}} pieces',
      count: 'In all {{count}}',
    },
  },
  { language: 'en', onMissing },
)
const chinese = createTranslate(
  {
    left_other: '{{count}} 件',
    of: '共 {{count}} 件',
    came_one: '{{names}} 来了',
    came_other: '{{names}} 等 {{count}} 人来了',
  },
  { language: 'zh-CN', onMissing },
)

test('gaps are filled wherever they stand, and with nothing when there is nothing', () => {
  expect(english('hello', { name: 'Ann' })).toBe('Hello Ann, Ann!')
  expect(english('hello')).toBe('Hello , !')
})

test('a count chooses the plural of the language', () => {
  expect([0, 1, 2].map(count => english('cart.left', { count }))).toEqual([
    '0 pieces',
    '1 piece',
    '2 pieces',
  ])
  expect([1, 2].map(count => chinese('left', { count }))).toEqual(['1 件', '2 件'])
  expect(english('cart.count', { count: 1 })).toBe('In all 1')
  expect(chinese('of', { count: 3 })).toBe('共 3 件')
})

test('one person alone may be said otherwise in Chinese too', () => {
  const came = (count: number) => chinese('came', { names: '小**', count })
  expect([came(1), came(3)]).toEqual(['小** 来了', '小** 等 3 人来了'])
})

test('what is missing is told and shown as its key', () => {
  expect([english('cart.none'), english('cart'), english('hello.name')]).toEqual([
    'cart.none',
    'cart',
    'hello.name',
  ])
  expect(missing).toEqual(['cart.none', 'cart', 'hello.name'])
})
