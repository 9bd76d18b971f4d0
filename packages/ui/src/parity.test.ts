import { expect, test } from 'vitest'
import { pickLanguage } from './i18n.ts'
import en from './locales/en.json' with { type: 'json' }
import zh from './locales/zh-CN.json' with { type: 'json' }
import { parityProblems } from './parity.ts'

test('the kit says everything in both languages', () => {
  expect(parityProblems(zh, en)).toEqual([])
})

test('a key, a text or a placeholder that one language lacks is found', () => {
  const problems = parityProblems(
    { cart: { title: '购物车', rows: '{{count}} 件' }, only: '只有' },
    { cart: { title: ' ', rows_one: 'One', rows_other: '{{total}} things' }, extra: 'Extra' },
  )
  expect(problems).toEqual([
    'cart.title: empty in en',
    'cart.rows: placeholders differ',
    'only: missing in en',
    'extra: missing in zh-CN',
  ])
})

test('English singular and plural stand against the one Chinese form', () => {
  expect(
    parityProblems({ row: '{{count}} 行' }, { row_one: 'One row', row_other: '{{count}} rows' }),
  ).toEqual([])
})

test('the first wish that we speak wins, Chinese of any region is zh-CN', () => {
  expect(pickLanguage([null, 'fr-FR', 'en-GB', 'zh'])).toBe('en')
  expect(pickLanguage(['zh-Hant-TW', 'en'])).toBe('zh-CN')
  expect(pickLanguage(['de'])).toBe('zh-CN')
})
