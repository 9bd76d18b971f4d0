import { historyMax } from '@kaibo/contract/chat'
import type { UserActor } from '@kaibo/contract/core/permissions'
import { newId } from '@kaibo/kernel/ids'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, visitor } from '@kaibo/testkit/people'
import { createStage } from '@kaibo/testkit/stage'
import { expect, test } from 'vitest'

const { database, connect } = await testDatabase()
const market = createMarket(database)
let isPatient = true
const mayWrite = () => isPatient
const stage = createStage(database, market, { mayWrite })
const { live, chat, said } = stage
const elsewhere = createStage(connect(), market, { mayWrite })
const team = await market.newShop()
const room = await stage.newSession(team)
const ann = await market.newUser('小安')

type Sent = { by?: UserActor; id?: string; commentId?: string; on?: typeof chat }
const send = (text: string, { by = ann, on = chat, ...changes }: Sent = {}) =>
  on.handlers.send(ctxOf(by), { id: room.id, commentId: newId(), text, ...changes })
const history = async (id = room.id) => (await chat.handlers.history(ctxOf(visitor), { id })).items
const saidOf = (commentId: string) => said.filter(({ comment }) => comment.id === commentId)

test('a comment is in the history before the room hears it, as the room hears it', async () => {
  const comment = await send('好喝吗？')
  expect(comment).toMatchObject({
    author: { id: ann.userId, nickname: '小安' },
    isHost: false,
    text: '好喝吗？',
  })
  expect((await history()).at(-1)).toEqual(comment)
  expect(saidOf(comment.id)).toEqual([{ liveId: room.id, authorId: ann.userId, comment }])
})

test('a comment that is sent again shows once, also in a race and from a hasty writer', async () => {
  const commentId = newId()
  const tries = [chat, elsewhere.chat, chat, elsewhere.chat]
  const answers = await Promise.all(tries.map(on => send('来了', { commentId, on })))
  expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
  isPatient = false
  expect(await send('另一句', { commentId })).toEqual(answers[0])
  isPatient = true
  expect((await history()).filter(({ id }) => id === commentId)).toHaveLength(1)
  const heard = [...said, ...elsewhere.said].filter(({ comment }) => comment.id === commentId)
  expect(heard).toHaveLength(1)
})

test('the id of a comment of somebody else, or of another room, opens nothing', async () => {
  const { id: commentId } = await send('第一')
  const bob = await market.newUser()
  await expect(send('我的', { by: bob, commentId })).rejects.toMatchObject({
    code: 'live.not_found',
  })
  const other = await stage.newSession(await market.newShop())
  const moved = send('第一', { id: other.id, commentId })
  await expect(moved).rejects.toMatchObject({ code: 'live.not_found' })
  expect(await history(other.id)).toEqual([])
})

test('markup stays the text that it is', async () => {
  const text = `<img src=x onerror="alert('1')"> & {{1}} 👩‍👩‍👧`
  expect(await send(text)).toMatchObject({ text })
  expect((await history()).at(-1)).toMatchObject({ text })
})

test('a comment is one line, and one that shows nothing is refused', async () => {
  expect(await send('  你好\n\n 直播间\t ')).toMatchObject({ text: '你好 直播间' })
  for (const text of [' ', '\n', '\u00a0\u3000', '\u200b\u200d', '\u202e'])
    await expect(send(text), JSON.stringify(text)).rejects.toMatchObject({ code: 'chat.blank' })
})

test('who writes too fast waits, and nothing is stored', async () => {
  isPatient = false
  const before = await chat.countOf(database.db, room.id)
  await expect(send('快')).rejects.toMatchObject({ code: 'chat.too_fast' })
  isPatient = true
  expect(await chat.countOf(database.db, room.id)).toBe(before)
})

test('those who host are marked, in their own room only', async () => {
  expect(await send('欢迎', { by: team.host })).toMatchObject({ isHost: true })
  expect(await send('欢迎', { by: team.owner })).toMatchObject({ isHost: true })
  const other = await stage.newSession(await market.newShop())
  expect(await send('路过', { by: team.host, id: other.id })).toMatchObject({ isHost: false })
})

test('visitors read and do not write; unknown rooms have no chat', async () => {
  const asked = { id: room.id, commentId: newId(), text: 'x' }
  await expect(chat.handlers.send(ctxOf(visitor), asked)).rejects.toMatchObject({
    code: 'auth.required',
  })
  const notFound = { code: 'live.not_found' }
  await expect(send('x', { id: newId() })).rejects.toMatchObject(notFound)
  await expect(history(newId())).rejects.toMatchObject(notFound)
})

test('the history shows the newest comments in order', async () => {
  const { id } = await stage.newSession(await market.newShop())
  const texts = Array.from({ length: historyMax + 5 }, (_, n) => `第 ${n} 句`)
  for (const text of texts) await send(text, { id })
  expect((await history(id)).map(comment => comment.text)).toEqual(texts.slice(5))
  expect(await chat.countOf(database.db, id)).toBe(texts.length)
})

test('an ended room takes no comment, but answers for those it has', async () => {
  const shop = await market.newShop()
  const { id } = await stage.newSession(shop)
  const commentId = newId()
  const comment = await send('最后', { id, commentId })
  await live.handlers.end(ctxOf(shop.host), { shopId: shop.shopId, id })
  await expect(send('太晚', { id })).rejects.toMatchObject({ code: 'live.ended' })
  expect(await send('最后', { id, commentId })).toEqual(comment)
  expect(await history(id)).toEqual([comment])
})
