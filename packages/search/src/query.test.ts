import { expect, test } from 'vitest'
import { type DocumentTexts, readDocument } from './document.ts'
import { type KnownTerm, queryTextsOf, readQuery, understand } from './query.ts'

const shelf = (titles: readonly string[], brands: readonly string[] = []): KnownTerm[] => {
  const texts = (title: string): DocumentTexts => ({
    title,
    subtitle: '',
    brands,
    categories: [],
    tags: [],
  })
  const terms = titles.flatMap(title => readDocument(texts(title)).terms)
  return terms.map(({ word, sound, initials }) => ({ word, sound, initials, documentCount: 1 }))
}
const terms = shelf(
  [
    '运动鞋 男',
    '手机壳',
    '充电宝',
    '情侣睡衣',
    '青瓷茶杯',
    'a4纸 打印',
    '真丝围巾',
    'iPhone15 保护壳',
  ],
  ['花西子', 'Nike', '青鹿'],
)
const meant = (q: string) =>
  understand(readQuery(q), terms).map(group => group.words[0] ?? `?${group.typed}`)

test('words stand without blanks, scripts are told apart', () => {
  expect(meant('花西子手机壳')).toEqual(['花西子', '手机壳'])
  expect(meant('NIKE运动鞋男')).toEqual(['nike', '运动鞋', '男'])
  expect(meant('iphone15手机壳')).toEqual(['iphone15', '手机壳'])
  expect(meant('iphone 手机壳')).toEqual(['iphone', '手机壳'])
  expect(meant('a4纸')).toEqual(['a4纸'])
})

test('pinyin is read with and without blanks, near sounds are one', () => {
  expect(meant('yundongxie')).toEqual(['运动鞋'])
  expect(meant('yun dong xie')).toEqual(['?yun', '?dong', '?xie'])
  expect(meant('huaxizi shoujike')).toEqual(['花西子', '手机壳'])
  expect(meant('huaxizishoujike')).toEqual(['花西子', '手机壳'])
  expect(meant('soujike')).toEqual(['手机壳'])
  expect(meant('zensi')).toEqual(['真丝'])
})

test('what sounds exactly as typed goes before what sounds nearly so', () => {
  expect(meant('qinglu')).toEqual(['青鹿'])
  expect(meant('qinglv')).toEqual(['情侣'])
})

test('a wrong character that sounds right is understood, a right one stays', () => {
  expect(meant('冲电宝')).toEqual(['充电宝'])
  expect(meant('茶杯')).toEqual(['茶杯'])
  expect(understand(readQuery('茶杯'), terms)[0]?.isGuess).toBe(false)
})

test('one slip in a word of letters or in pinyin is forgiven, short words are not guessed', () => {
  expect(meant('nikke')).toEqual(['nike'])
  expect(meant('chongdainbao')).toEqual(['充电宝'])
  expect(meant('nke')).toEqual(['?nke'])
})

test('synonyms work in both directions', () => {
  const synonyms = (q: string) => understand(readQuery(q), terms)[0]?.synonyms
  expect(synonyms('手机壳')).toContain('手机套')
  expect(synonyms('手机套')).toContain('手机壳')
})

test('whatever is typed makes a query that PostgreSQL can read', () => {
  for (const q of [
    "'",
    "a'b",
    '\\',
    '!!&|()<->:*',
    '龘靐',
    '𠮷野家',
    'ﬀ',
    'ÀÉ',
    '①②',
    '٣',
    'e\u0301',
  ]) {
    const texts = queryTextsOf(understand(readQuery(q), terms))
    if (texts) expect(texts.strict, q).toMatch(/^[\p{L}\p{N}'()|&:*_. ]+$/u)
  }
  expect(queryTextsOf(understand(readQuery('…！'), terms))).toBeNull()
})

test('long queries are cut', () => {
  expect(readQuery('鞋'.repeat(500)).lookUp.words.length).toBeLessThan(200)
  expect(readQuery('x'.repeat(500)).lookUp.sounds.length).toBeLessThan(500)
})
