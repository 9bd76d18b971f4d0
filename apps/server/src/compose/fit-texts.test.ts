import { newId } from '@kaibo/kernel/ids'
import { expect, test } from 'vitest'
import { couponCalls } from '../testing/promotion-calls.ts'
import { codeOf, openStage } from '../testing/stage.ts'
import { createWorld, product } from '../testing/world.ts'
import { fitTexts } from './fit-texts.ts'

const stage = await openStage()
const world = await createWorld(stage)
const { shopId } = world
const title = '微信 abc12345'
const story = { kind: 'story', title: '茶山', text: '', pictureFileIds: [] }
const rowsWith = (cell: string) => [{ label: '产地', cells: ['杭州', cell] }]
const table = { kind: 'comparison', title: '对比', text: '', productIds: [newId(), newId()] }
const poll = {
  pollId: newId(),
  kind: 'vote',
  question: '喝哪个？',
  rightOption: null,
  windowSec: 60,
}
const coupon = { ...couponCalls.platformCreate(), id: newId() }
const goods = product([world.fileId], newId())

test.each([
  ['user', 'account.updateMe', { nickname: title }],
  ['user', 'shop.open', { id: newId(), name: title }],
  ['owner', 'shop.update', { shopId, intro: title }],
  ['host', 'live.update', { shopId, id: world.liveId, title }],
  ['owner', 'catalog.create', { ...goods, shopId, id: newId(), title: '高仿包' }],
  ['owner', 'story.create', { shopId, id: newId(), story: { ...story, text: '高仿包' } }],
  ['owner', 'story.create', { shopId, id: newId(), story: { ...table, rows: rowsWith('高仿包') } }],
  ['owner', 'poll.create', { shopId, id: world.liveId, ...poll, options: ['甲', title] }],
  ['owner', 'coupon.create', { ...coupon, shopId, title }],
  ['operator', 'coupon.platformCreate', { ...coupon, title }],
] as const)('%s may not write contact bait or counterfeits with %s', async (role, name, input) => {
  const { status, text } = await world.call(role, name, input)
  expect([status, codeOf(text)]).toEqual([422, 'wordlist.refused'])
})

test('a sheet brings no such product either', async () => {
  const { catalog, database, wordlist } = { ...stage.booted, ...stage.booted.kaibo }
  const draft = { ...goods, shopId, id: newId(), subtitle: '复刻表', skus: [] }
  const added = database.tx(tx =>
    fitTexts(wordlist)
      .drafts(catalog)
      .addDrafts(tx, { drafts: [draft], by: null }),
  )
  await expect(added).rejects.toMatchObject({ code: 'wordlist.refused' })
})
