import type { UserActor } from '@kaibo/contract/core/permissions'
import { historyMax } from '@kaibo/contract/show/chat'
import type { CheckedText } from '@kaibo/contract/show/wordlist'
import { newId } from '@kaibo/kernel/ids'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, visitor } from '@kaibo/testkit/people'
import { createStage } from '@kaibo/testkit/stage'
import { sql } from 'kysely'
import { expect, test } from 'vitest'

const { database, connect } = await testDatabase()
const market = createMarket(database)
let isPatient = true
/** A word list of four words, one per verdict. */
const wordlist = {
  check: ({ text }: { text: string }): CheckedText => {
    const verdict = (['block', 'review', 'mask'] as const).find(word => text.includes(word))
    const masked = text.replaceAll('mask', '****')
    const hit = { from: 0, to: 4, list: 'platform', kind: 'word' } as const
    const hits = verdict ? [{ ...hit, word: verdict, tier: verdict }] : []
    return { verdict: verdict ?? 'pass', masked, hits }
  },
}
const slots = { mayWrite: () => isPatient, wordlist }
const stage = createStage(database, market, slots)
const { live, chat, said, toldDesk } = stage
const elsewhere = createStage(connect(), market, slots)
const team = await market.newShop()
const room = await stage.newSession(team)
const ann = await market.newUser('小安')

type Sent = {
  by?: UserActor
  id?: string
  commentId?: string
  on?: typeof chat
  kind?: 'question'
  replyToId?: string
  mentionIds?: string[]
}
const send = async (text: string, { by, on = chat, ...changes }: Sent = {}) =>
  on.handlers.send(ctxOf(by ?? ann), { id: room.id, commentId: newId(), text, ...changes })
const history = async (id = room.id) => (await chat.handlers.history(ctxOf(visitor), { id })).items
const mine = (by: UserActor, liveId = room.id) => chat.handlers.mine(ctxOf(by), { liveId })
const heardOf = (commentId: string) =>
  [...said, ...elsewhere.said].flatMap(({ message, ...to }) =>
    message.t === 'chat.comment' && message.comment.id === commentId
      ? [{ ...to, comment: message.comment }]
      : [],
  )

test('a comment is in the history before the room hears it, as the room hears it', async () => {
  const comment = await send('好喝吗？')
  expect(comment).toMatchObject({
    author: { id: ann.userId, nickname: '小安' },
    role: 'none',
    kind: 'comment',
    text: '好喝吗？',
    state: 'shown',
  })
  expect((await history()).at(-1)).toEqual(comment)
  expect(heardOf(comment.id)).toEqual([{ liveId: room.id, authorId: ann.userId, comment }])
})

test('a comment that is sent again shows once, also in a race and from a hasty writer', async () => {
  const by = await market.newUser()
  const commentId = newId()
  const tries = [chat, elsewhere.chat, chat, elsewhere.chat, chat, elsewhere.chat]
  const answers = await Promise.all(tries.map(on => send('来了', { by, commentId, on })))
  expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
  isPatient = false
  expect(await send('另一句', { by, commentId })).toEqual(answers[0])
  isPatient = true
  expect((await history()).filter(({ id }) => id === commentId)).toHaveLength(1)
  expect(heardOf(commentId)).toHaveLength(1)
})

test('the id of a comment of somebody else, or of another room, opens nothing', async () => {
  const { id: commentId } = await send('第一')
  const bob = await market.newUser()
  const notFound = { code: 'live.not_found' }
  await expect(send('我的', { by: bob, commentId })).rejects.toMatchObject(notFound)
  const other = await stage.newSession(await market.newShop())
  await expect(send('第一', { id: other.id, commentId })).rejects.toMatchObject(notFound)
  expect(await history(other.id)).toEqual([])
})

test('markup stays the text that it is', async () => {
  const text = `<img src=x onerror="alert('1')"> & {{1}} 👩‍👩‍👧`
  expect(await send(text)).toMatchObject({ text })
  expect((await history()).at(-1)).toMatchObject({ text })
})

test('a comment is one line that does not reach beyond itself', async () => {
  const by = await market.newUser()
  const shown = async (text: string) => (await send(text, { by })).text
  expect(await shown('  你好\n\n 直播间\t ')).toBe('你好 直播间')
  expect(await shown('\u202e反\u2066了\u200b')).toBe('反了')
  expect(await shown(`Z${'\u0301'.repeat(60)}!`)).toBe('Ź\u0301\u0301\u0301\u0301!')
  for (const text of [' ', '\n', '\u00a0\u3000', '\u200b\u200d', '\u202e', '\u0301'])
    await expect(send(text), JSON.stringify(text)).rejects.toMatchObject({ code: 'chat.blank' })
})

test('who writes too fast waits, and nothing is stored', async () => {
  isPatient = false
  const before = await chat.countOf(database.db, room.id)
  await expect(send('快')).rejects.toMatchObject({ code: 'chat.too_fast' })
  isPatient = true
  expect(await chat.countOf(database.db, room.id)).toBe(before)
})

test('a room takes so many comments of a person in a minute, whichever process they come to', async () => {
  const by = await market.newUser()
  await sql`insert into chat_comment (id, live_id, author_id, text)
    select gen_random_uuid(), ${room.id}, ${by.userId}, 'n' || n
    from generate_series(1, 29) n`.execute(database.db)
  await send('三十', { by, on: elsewhere.chat })
  await sql`update chat_comment set created_at = clock_timestamp()
    where author_id = ${by.userId}`.execute(database.db)
  await expect(send('三十一', { by })).rejects.toMatchObject({ code: 'chat.too_fast' })
})

test('the same text is not taken again and again, however it is dressed', async () => {
  const by = await market.newUser()
  for (const text of ['买 买 买!', '买买买', '买。买。买。']) await send(text, { by })
  await expect(send('买买买～', { by })).rejects.toMatchObject({ code: 'chat.repeated' })
  await send('买两件', { by })
  await send('买买买', { by: await market.newUser() })
})

test('who works for the shop has a badge, in its own rooms only', async () => {
  const roleOf = async (by: UserActor, id?: string) =>
    (await send(`欢迎 ${newId()}`, { by, ...(id ? { id } : {}) })).role
  expect(await roleOf(team.owner)).toBe('host')
  expect(await roleOf(team.host)).toBe('host')
  expect(await roleOf(team.assistant)).toBe('assistant')
  expect(await roleOf(team.moderator)).toBe('moderator')
  expect(await roleOf(team.clerk)).toBe('none')
  expect((await mine(team.moderator)).role).toBe('moderator')
  const other = await stage.newSession(await market.newShop())
  expect(await roleOf(team.host, other.id)).toBe('none')
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
  const shop = await market.newShop()
  const { id } = await stage.newSession(shop)
  const texts = Array.from({ length: historyMax + 5 }, (_, n) => `第 ${n} 句`)
  for (const text of texts) await send(text, { id, by: shop.host })
  expect((await history(id)).map(comment => comment.text)).toEqual(texts.slice(5))
  expect(await chat.countOf(database.db, id)).toBe(texts.length)
})

test('masked words are stars for everybody, their author too', async () => {
  const comment = await send('你 mask 啊')
  expect(comment).toMatchObject({ text: '你 **** 啊', state: 'shown' })
  expect(heardOf(comment.id)).toMatchObject([{ comment: { text: '你 **** 啊' } }])
  expect((await history()).at(-1)?.text).toBe('你 **** 啊')
})

test.each(['review', 'block'])('a comment to %s is seen by its author alone', async word => {
  const comment = await send(`请 ${word}`)
  expect(comment).toMatchObject({ state: 'held' })
  expect(heardOf(comment.id)).toEqual([])
  expect((await history()).map(({ id }) => id)).not.toContain(comment.id)
  expect((await mine(ann)).items.at(-1)).toEqual(comment)
  expect((await mine(await market.newUser())).items).toEqual([])
  expect((await send('再', { commentId: comment.id })).state).toBe('held')
})

test('who reviews is not held, but never shows a blocked word', async () => {
  expect(await send('review', { by: team.moderator })).toMatchObject({ state: 'shown' })
  expect(await send('block', { by: team.host })).toMatchObject({ state: 'held' })
})

test('an answer names what it answers to, and a mention somebody who exists', async () => {
  const first = await send('哪款不苦？')
  const bob = await market.newUser('小波')
  const mentionIds = [ann.userId, newId()]
  const answer = await send('一号', { by: bob, replyToId: first.id, mentionIds })
  expect(answer).toMatchObject({
    replyTo: { id: first.id, author: { nickname: '小安' }, text: '哪款不苦？' },
    mentions: [{ id: ann.userId, nickname: '小安' }],
  })
  const other = await stage.newSession(await market.newShop())
  const gone = { code: 'chat.not_found' }
  await expect(send('x', { id: other.id, replyToId: first.id })).rejects.toMatchObject(gone)
  await expect(send('x', { replyToId: newId() })).rejects.toMatchObject(gone)
  const held = await send('请 review')
  await expect(send('x', { by: bob, replyToId: held.id })).rejects.toMatchObject(gone)
})

test('a thread outlives its room: it is read, and answered for a month', async () => {
  const shop = await market.newShop()
  const { id } = await stage.newSession(shop)
  const commentId = newId()
  const first = await send('最后', { id, commentId })
  await send('另起', { id })
  const second = await send('嗯', { id, replyToId: first.id })
  await live.handlers.end(ctxOf(shop.host), { shopId: shop.shopId, id })

  await expect(send('太晚', { id })).rejects.toMatchObject({ code: 'live.ended' })
  expect(await send('最后', { id, commentId })).toEqual(first)
  const third = await send('后来买了', { id, replyToId: second.id })
  const { items } = await chat.handlers.threads(ctxOf(visitor), { id, limit: 10 })
  expect(items.map(each => [each.comment.text, each.replyCount])).toEqual([
    ['另起', 0],
    ['最后', 2],
  ])
  const read = (of: string) =>
    chat.handlers.thread(ctxOf(visitor), { id, commentId: of, limit: 10 })
  expect(await read(first.id)).toEqual({ root: first, items: [second, third], next: null })
  expect(await read(third.id)).toEqual(await read(first.id))

  await database.db
    .updateTable('live_session')
    .set({ ended_at: new Date(Date.now() - 31 * 86_400_000) })
    .where('id', '=', id)
    .execute()
  await expect(send('x', { id, replyToId: first.id })).rejects.toMatchObject({ code: 'live.ended' })
})

test('what waits is told to the desk', async () => {
  const { id } = await stage.newSession(await market.newShop())
  await send('几号？', { id, kind: 'question' })
  await send('review', { id })
  expect(toldDesk.filter(({ liveId }) => liveId === id)).toMatchObject([
    { heldCount: 0, questionCount: 1 },
    { heldCount: 1, questionCount: 1 },
  ])
})
