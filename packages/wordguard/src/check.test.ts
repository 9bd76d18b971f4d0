import { expect, test } from 'vitest'
import { check, type GuardAsk } from './check.ts'
import { compileWords, type GuardWord, type Tier } from './word-set.ts'

const words = (tier: Tier, ...list: string[]): GuardWord[] =>
  list.map(word => ({ word, tier, scenes: [] }))
const set = compileWords([
  ...words('block', '傻逼', '王八蛋', '网络赌博', 'kill yourself', 'scumbag', '賤貨'),
  ...words('review', '加微信', '刷单返利', '骗子', 'whore', '微信', 'ass'),
  ...words('mask', '妈的', 'damn'),
  ...words('allow', '微信支付', '老骗子火锅'),
  { word: '代购', tier: 'block', scenes: ['title'] },
])
const ask = (text: string, changes: Partial<GuardAsk> = {}) =>
  check({
    text,
    scene: 'chat',
    lists: [{ name: 'platform', words: set }],
    lures: { link: 'review', contact: 'review' },
    ...changes,
  })
const hitTexts = (text: string) => ask(text).hits.map(({ from, to }) => text.slice(from, to))

test.each([
  ['as it is', '你这个傻逼', '傻逼'],
  ['spaces', '你这个傻 逼', '傻 逼'],
  ['wide spaces', '你这个傻\u3000\u3000逼', '傻\u3000\u3000逼'],
  ['symbols', '王*八_-蛋', '王*八_-蛋'],
  ['emoji', '傻😀逼', '傻😀逼'],
  ['joined emoji', '网👩‍👩‍👧络🇨🇳赌❤️博', '网👩‍👩‍👧络🇨🇳赌❤️博'],
  ['zero-width', '傻\u200b\u200d\u2060逼', '傻\u200b\u200d\u2060逼'],
  ['direction marks', '傻\u202e逼\u202c', '傻\u202e逼\u202c'],
  ['combining marks', '傻\u0336逼\u0336\u20dd!', '傻\u0336逼\u0336\u20dd'],
  ['full width', 'ｓｃｕｍｂａｇ', 'ｓｃｕｍｂａｇ'],
  ['half width and capitals', 'ScUmBaG', 'ScUmBaG'],
  ['mathematical letters', '𝓼𝓬𝓾𝓶𝓫𝓪𝓰', '𝓼𝓬𝓾𝓶𝓫𝓪𝓰'],
  ['circled letters', 'ⓢⓒⓤⓜⓑⓐⓖ', 'ⓢⓒⓤⓜⓑⓐⓖ'],
  ['letters in black squares', '🆂🅲🆄🅼🅱🅰🅶', '🆂🅲🆄🅼🅱🅰🅶'],
  ['Cyrillic look-alikes', 'ѕсuмbаg', 'ѕсuмbаg'],
  ['spelt letters', 's c u m b a g', 's c u m b a g'],
  ['dots between letters', 's.c.u.m.b.a.g', 's.c.u.m.b.a.g'],
  ['traditional', '網絡賭博', '網絡賭博'],
  ['traditional with spaces', '網 絡 賭 博', '網 絡 賭 博'],
  ['a list in traditional characters', '贱 货', '贱 货'],
  ['words with their own space', 'go kill  yourself!', 'kill  yourself'],
  ['words without their space', 'killyourself', 'killyourself'],
])('blocked in spite of %s', (_attack, text, found) => {
  expect(ask(text).verdict).toBe('block')
  expect(hitTexts(text)).toEqual([found])
})

test.each([
  ['pinyin', 'wangbadan', 'wangbadan', 'sound'],
  ['pinyin in parts', 'wang ba dan', 'wang ba dan', 'sound'],
  ['mixed pinyin', '你这sha逼', 'sha逼', 'sound'],
  ['mixed pinyin with capitals', '网络Du Bo', '网络Du Bo', 'sound'],
  ['homophones', '忘八旦', '忘八旦', 'sound'],
  ['homophones with spaces', '网 络 堵 搏', '网 络 堵 搏', 'sound'],
  ['a homophone of two with a rare one', '煞苾', '煞苾', 'sound'],
  ['halves of characters', '加彳散信', '加彳散信', 'look'],
  ['two halves', '马扁子', '马扁子', 'look'],
  ['digits for letters', 'wh0re', 'wh0re', 'look'],
  ['signs for letters', '$cumb@g', '$cumb@g', 'look'],
  ['the end of a clause between', '真傻，逼我下单', '傻，逼', 'word'],
  ['letters that may be two words', 'scum bag', 'scum bag', 'word'],
])('reviewed, never blocked: %s', (_attack, text, found, kind) => {
  const { verdict, hits } = ask(text)
  expect(verdict).toBe('review')
  expect(hits.map(hit => [text.slice(hit.from, hit.to), hit.kind])).toContainEqual([found, kind])
})

test.each([
  'this dress is classy, pass it on, assorted colours',
  "it's sized small, as size goes",
  '片子什么时候上，男人味的',
  '微信支付怎么付',
  '老骗子火锅来一份',
  '傻……………………………………………………逼',
  '代购同款',
  '3.5cm 19.9 29.9 39.9 49.9',
  '码数 15 16 17 18 19 20 21',
  '1399 1599 199 三个价',
  '晚上8点tv直播',
  '订单尾号 886 没收到',
])('passes: %s', text => {
  expect(ask(text)).toEqual({ verdict: 'pass', masked: text, hits: [] })
})

test.each([
  ['https://evil.example/a?b=1', 'link'],
  ['看 www.abc.com 便宜', 'link'],
  ['abc。com', 'link'],
  ['ａｂｃ．ｃｏｍ', 'link'],
  ['abc点com', 'link'],
  ['abc(dot)top', 'link'],
  ['abc . com', 'link'],
  ['t.me/cheap', 'link'],
  ['13812345678', 'contact'],
  ['138 1234 5678', 'contact'],
  ['1-3-8-1-2-3-4-5-6-7-8', 'contact'],
  ['一三八一二三四五六七八', 'contact'],
  ['①③⑧①②③④⑤⑥⑦⑧', 'contact'],
  ['1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣', 'contact'],
  ['call +44 7911 123456', 'contact'],
  ['415-555-0134', 'contact'],
  ['V信 abc12345', 'contact'],
  ['vx:shop_2024', 'contact'],
  ['➕V：1234567', 'contact'],
  ['扣扣 123 456 789', 'contact'],
  ['qq群 88997766', 'contact'],
  ['WeChat id: jolly_77', 'contact'],
])('%s leads away: %s', (text, kind) => {
  const { verdict, hits } = ask(text, { lists: [] })
  expect(verdict).toBe('review')
  expect(hits).toMatchObject([{ kind, list: 'rules', word: '' }])
})

test('stars take the place of masked words and nothing else moves', () => {
  expect(ask('👍妈\u0336的，D a m n!好').masked).toBe('👍***，*******!好')
  expect(ask('妈的').verdict).toBe('mask')
})

test('a word counts in its scenes only', () => {
  expect(ask('代购', { scene: 'title' }).verdict).toBe('block')
})

test('what the platform blocks no shop allows; what it only reviews, a shop may', () => {
  const shop = compileWords([...words('allow', '傻逼', '骗子'), ...words('block', '隔壁店')])
  const lists = [
    { name: 'platform', words: set },
    { name: 'shop', words: shop },
  ]
  expect(ask('傻逼', { lists }).verdict).toBe('block')
  expect(ask('骗子', { lists }).verdict).toBe('pass')
  expect(ask('去隔壁店', { lists }).hits).toMatchObject([{ list: 'shop', word: '隔壁店' }])
  const platform = compileWords(words('allow', '隔壁店'))
  const lifted = [
    { name: 'platform', words: platform },
    { name: 'shop', words: shop },
  ]
  expect(ask('去隔壁店', { lists: lifted }).verdict).toBe('pass')
})

test('an allowed name lifts a link that is within it', () => {
  const own = compileWords(words('allow', 'kaibo.example.com'))
  const lists = [{ name: 'platform', words: own }]
  expect(ask('看 kaibo.example.com', { lists }).verdict).toBe('pass')
  expect(ask('https://kaibo.example.com/live/1?s=2', { lists }).verdict).toBe('pass')
  expect(ask('https://kaibo.example.com@evil.top/live', { lists }).verdict).toBe('review')
  expect(ask('https://evil.top/kaibo.example.com', { lists }).verdict).toBe('review')
  expect(ask('看 kaibo.example.com.evil.top', { lists }).verdict).toBe('review')
})

test('what is within a hit is told once', () => {
  expect(ask('加微信').hits.map(hit => hit.word)).toEqual(['加微信'])
})
