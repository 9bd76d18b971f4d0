import type { WordsToSet } from '@kaibo/contract/show/wordlist'
import { newId } from '@kaibo/kernel/ids'
import { testDatabase } from '@kaibo/testkit/database'
import { createPeople, ctxOf, operatorActor } from '@kaibo/testkit/people'
import { afterAll, expect, test, vi } from 'vitest'
import { createWordList } from './index.ts'

const { database, connect } = await testDatabase()
const people = createPeople(database)
const ownHosts = ['kaibo.example:8080']
const here = createWordList({ database, account: people.account, ownHosts })
const elsewhere = createWordList({ database: connect(), account: people.account })
await Promise.all([here.start(), elsewhere.start()])
afterAll(() => Promise.all([here.stop(), elsewhere.stop()]))

const operator = ctxOf(operatorActor())
const team = await people.newShop('词库一号店')
const owner = ctxOf(team.owner)
const { shopId } = team

const set = (...words: string[]): WordsToSet => ({ words, tier: 'block', scenes: [], note: '' })
const verdictOf = (text: string, at = here) => at.check({ text, scene: 'chat', shopId }).verdict
const shopWords = async (query: object = {}) =>
  (await here.handlers.list(owner, { shopId, limit: 100, ...query })).items

test('words of a shop count in its rooms alone, those of the platform everywhere', async () => {
  await here.handlers.put(owner, { shopId, ...set('隔壁老店') })
  await here.platformHandlers.put(operator, set('平台禁词甲'))
  expect(verdictOf('去隔 壁 老 店 买')).toBe('block')
  expect(verdictOf('平台禁詞甲')).toBe('block')
  const other = await people.newShop()
  const there = { scene: 'chat', shopId: other.shopId } as const
  expect(here.check({ text: '隔壁老店', ...there }).verdict).toBe('pass')
  expect(here.check({ text: '平台禁词甲', ...there }).verdict).toBe('block')
  expect(here.check({ text: '平台禁词甲', scene: 'nick', shopId: null }).verdict).toBe('block')
})

test('a change counts in every process soon', async () => {
  await here.handlers.put(owner, { shopId, ...set('远处的词') })
  expect(verdictOf('远处的词')).toBe('block')
  await vi.waitFor(() => expect(verdictOf('远处的词', elsewhere)).toBe('block'), 10_000)
  const [word] = await shopWords({ q: '远处的词' })
  await elsewhere.handlers.remove(owner, { shopId, ids: [word?.id ?? ''] })
  expect(verdictOf('远处的词', elsewhere)).toBe('pass')
  await vi.waitFor(() => expect(verdictOf('远处的词')).toBe('pass'), 10_000)
})

test('a word is listed once however it is spelt, and set again it changes', async () => {
  const first = { shopId, ...set('繁體字詞', '繁体 字词', '　') }
  expect(await here.handlers.put(owner, first)).toEqual({
    addedCount: 1,
    changedCount: 0,
    tooShort: [],
  })
  const changed = { tier: 'mask' as const, scenes: ['chat' as const], note: '改成打码' }
  const again = { ...first, ...changed }
  expect(await here.handlers.put(owner, { ...again, words: ['繁体字词'] })).toMatchObject({
    addedCount: 0,
    changedCount: 1,
  })
  const found = await shopWords({ q: '打码' })
  expect(found).toMatchObject([
    { word: '繁体字词', tier: 'mask', scenes: ['chat'], setBy: { id: team.owner.userId } },
  ])
  expect(here.check({ text: '这繁 体字词', scene: 'chat', shopId })).toMatchObject({
    verdict: 'mask',
    masked: '这*****',
  })
  expect(here.check({ text: '繁体字词', scene: 'title', shopId }).verdict).toBe('pass')
})

test('words that would hit everything are not taken', async () => {
  const answer = await here.handlers.put(owner, { shopId, ...set('的', 'ok', '😀', '够长的词') })
  expect(answer).toEqual({ addedCount: 1, changedCount: 0, tooShort: ['的', 'ok', '😀'] })
})

test('a shop allows what the platform reviews, not what it blocks', async () => {
  await here.platformHandlers.put(operator, { ...set('可疑词乙'), tier: 'review' })
  await here.platformHandlers.put(operator, set('违禁词丙'))
  expect(verdictOf('可疑词乙')).toBe('review')
  await here.handlers.put(owner, { shopId, ...set('可疑词乙', '违禁词丙'), tier: 'allow' })
  expect(verdictOf('可疑词乙')).toBe('pass')
  expect(verdictOf('违禁词丙')).toBe('block')
})

test('trying a text out shows the hits and stores nothing', async () => {
  await here.handlers.put(owner, { shopId, ...set('试一试词') })
  const tried = await here.handlers.tryOut(owner, { shopId, text: '啊试一试词', scene: 'chat' })
  expect(tried).toEqual({
    verdict: 'block',
    masked: '啊试一试词',
    hits: [{ from: 1, to: 5, word: '试一试词', tier: 'block', list: 'shop', kind: 'word' }],
  })
  const byPlatform = await here.platformHandlers.tryOut(operator, {
    text: '试一试词',
    scene: 'chat',
  })
  expect(byPlatform.verdict).toBe('pass')
})

test('names with links, contact details or listed words are refused with what was found', async () => {
  for (const text of ['加我 V信abc12345', '全场 abc点com', '隔壁老店'])
    expect(() => here.requireFit({ text, scene: 'title', shopId }), text).toThrow(
      expect.objectContaining({ code: 'wordlist.refused' }),
    )
  expect(() => here.requireFit({ text: '早安', scene: 'title', shopId })).not.toThrow()
})

test('a link to ourselves passes, a link to elsewhere does not', () => {
  expect(verdictOf('https://kaibo.example:8080/live/1?s=2 来看')).toBe('pass')
  expect(verdictOf('https://kaibo.example:8080.evil.top/live/1')).toBe('review')
})

test('lists are searched and turned page by page', async () => {
  const pageTeam = await people.newShop()
  const at = { shopId: pageTeam.shopId, limit: 2 }
  const asOwner = ctxOf(pageTeam.owner)
  await here.handlers.put(asOwner, { ...at, ...set('翻页一', '翻页二', '翻页三') })
  await here.handlers.put(asOwner, { ...at, ...set('标题词'), scenes: ['title'] })
  const first = await here.handlers.list(asOwner, { ...at, q: '翻页' })
  const rest = await here.handlers.list(asOwner, { ...at, q: '翻页', cursor: first.next ?? '' })
  expect([...first.items, ...rest.items].map(({ word }) => word).sort()).toEqual(
    ['翻页一', '翻页二', '翻页三'].sort(),
  )
  expect(rest.next).toBeNull()
  const inTitles = await here.handlers.list(asOwner, { ...at, limit: 9, scene: 'nick' })
  expect(inTitles.items.map(({ word }) => word)).not.toContain('标题词')
  const allowed = await here.handlers.list(asOwner, { ...at, tier: 'allow' })
  expect(allowed.items).toEqual([])
})

test('a full list takes no more, and a change of many words is whole or not at all', async () => {
  const full = await people.newShop()
  const at = { shopId: full.shopId }
  const asOwner = ctxOf(full.owner)
  const many = (from: number) => Array.from({ length: 500 }, (_, n) => `满库词 a${from + n}z`)
  for (const from of [0, 500, 1000, 1500])
    await here.handlers.put(asOwner, { ...at, ...set(...many(from)) })
  await expect(here.handlers.put(asOwner, { ...at, ...set('多一个词') })).rejects.toMatchObject({
    code: 'wordlist.too_many',
  })
  expect(here.check({ text: '多一个词', scene: 'chat', shopId: full.shopId }).verdict).toBe('pass')
})

test('nobody sets words of others', async () => {
  const other = await people.newShop()
  for (const call of [
    here.handlers.put(ctxOf(other.owner), { shopId, ...set('越权词') }),
    here.handlers.remove(ctxOf(other.host), { shopId, ids: [newId()] }),
  ])
    await expect(call).rejects.toMatchObject({ code: 'request.not_found' })
  for (const actor of [team.clerk, team.moderator])
    await expect(here.handlers.list(ctxOf(actor), { shopId, limit: 1 })).rejects.toMatchObject({
      code: 'auth.forbidden',
    })
  await expect(here.platformHandlers.put(owner, set('越权词'))).rejects.toMatchObject({
    code: 'auth.forbidden',
  })
  const [word] = await shopWords({ limit: 1 })
  await here.handlers.remove(ctxOf(other.owner), { shopId: other.shopId, ids: [word?.id ?? ''] })
  expect(await shopWords({ limit: 1 })).toEqual([word])
})
