import type { UserActor } from '@kaibo/contract/core/permissions'
import type { ChatSettings, ReviewView } from '@kaibo/contract/show/chat'
import { boardChanged, commentMoved, commentsRemoved } from '@kaibo/contract/show/chat'
import type { CheckedText } from '@kaibo/contract/show/wordlist'
import { createOutbox, subscriber } from '@kaibo/db/outbox'
import { newId } from '@kaibo/kernel/ids'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, visitor } from '@kaibo/testkit/people'
import { createStage } from '@kaibo/testkit/stage'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'

const { database, connect } = await testDatabase()
const market = createMarket(database)
const wordlist = {
  check: ({ text }: { text: string }): CheckedText => {
    const tier = (['block', 'review', 'mask'] as const).find(word => text.includes(word))
    const hit = { from: 0, to: 4, list: 'shop', kind: 'word' } as const
    const hits = tier ? [{ ...hit, word: tier, tier }] : []
    return { verdict: tier ?? 'pass', masked: text.replaceAll('mask', '****'), hits }
  },
}
const followerIds = new Set<string>()
const slots = {
  wordlist,
  isFollower: async (_db: unknown, { userId }: { userId: string }) => followerIds.has(userId),
}
const stage = createStage(database, market, slots)
const { chat, said, toldDesk } = stage
const elsewhere = createStage(connect(), market, slots)
const team = await market.newShop()
const ann = await market.newUser('小安')

const told: { name: string; [field: string]: unknown }[] = []
const outbox = createOutbox({
  database,
  subscribers: [boardChanged, commentMoved, commentsRemoved].map(event =>
    subscriber<object>(event, {
      consumer: `test.${event.name}`,
      handle: async (_tx, news) => void told.push({ name: event.name, ...news }),
    }),
  ),
})
const toldOf = async (liveId: string) => {
  for (let round = 0; round < 10; round++) if ((await outbox.drain({ limit: 100 })) === 0) break
  return told.filter(news => news.liveId === liveId).map(({ liveId: _, ...news }) => news)
}

/** A room of the shop of its own, so that tests do not see each other. */
async function newRoom() {
  const shop = await market.newShop()
  const { id } = await stage.newSession(shop)
  const at = { shopId: shop.shopId, id }
  const send = (text: string, { by = ann, kind = 'comment' as 'comment' | 'question' } = {}) =>
    chat.handlers.send(ctxOf(by), { id, commentId: newId(), text, kind })
  const history = async () => chat.handlers.history(ctxOf(visitor), { id })
  const review = async (view: ReviewView) =>
    (await chat.handlers.reviewList(ctxOf(shop.moderator), { ...at, view, limit: 20 })).items
  const setState = (commentId: string, state: 'shown' | 'removed', on = chat) =>
    on.handlers.setState(ctxOf(shop.moderator), { ...at, commentId, state })
  const set = (settings: Partial<ChatSettings>) =>
    chat.handlers.setSettings(ctxOf(shop.moderator), { ...at, ...open, ...settings })
  return { ...shop, id, at, send, history, review, setState, set }
}
const open = { slowModeSec: 0, isFollowersOnly: false, takesQuestions: true }
const passTime = (liveId: string, sec: number) =>
  sql`update chat_comment set created_at = created_at - make_interval(secs => ${sec})
      where live_id = ${liveId}`.execute(database.db)

describe('settings', () => {
  test('slow mode lets each viewer write once in a while, and the staff as before', async () => {
    const { set, send, id, moderator } = await newRoom()
    await set({ slowModeSec: 600 })
    await send('一')
    await expect(send('二')).rejects.toMatchObject({
      code: 'chat.slow_mode',
      data: { waitSec: expect.toSatisfy(sec => sec > 0 && sec <= 600) },
    })
    await send('我也来', { by: await market.newUser() })
    await send('欢迎', { by: moderator })
    await send('大家', { by: moderator })
    await passTime(id, 601)
    await send('二')
  })

  test('slow mode holds across processes in a race', async () => {
    const { set, id } = await newRoom()
    await set({ slowModeSec: 600 })
    const tries = [chat, elsewhere.chat, chat, elsewhere.chat].map(on =>
      on.handlers.send(ctxOf(ann), { id, commentId: newId(), text: `抢 ${newId()}` }),
    )
    const answers = await Promise.allSettled(tries)
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('a room for followers takes comments of followers and of its staff', async () => {
    const { set, send, host } = await newRoom()
    await set({ isFollowersOnly: true })
    await expect(send('我来了')).rejects.toMatchObject({ code: 'chat.followers_only' })
    followerIds.add(ann.userId)
    await send('我关注了')
    await send('欢迎', { by: host })
    followerIds.delete(ann.userId)
  })

  test('closed questions leave comments alone', async () => {
    const { set, send } = await newRoom()
    await set({ takesQuestions: false })
    await expect(send('几号？', { kind: 'question' })).rejects.toMatchObject({
      code: 'chat.questions_off',
    })
    await send('好的')
  })
})

describe('above the chat', () => {
  test('stands what the staff pins and says, alike for everybody, and each change is told', async () => {
    const { send, history, assistant, at, id, set } = await newRoom()
    const comment = await send('一号最香')
    const as = ctxOf(assistant)
    await chat.handlers.pin(as, { ...at, commentId: comment.id })
    await chat.handlers.announce(as, { ...at, announcement: ' 八点\n抽奖 \u202e' })
    const board = await set({ slowModeSec: 5 })
    expect(board).toEqual({
      pinned: comment,
      announcement: '八点 抽奖',
      settings: { ...open, slowModeSec: 5 },
    })
    expect((await history()).board).toEqual(board)
    expect(await chat.boardOf(database.db, id)).toEqual(board)
    await chat.handlers.pin(as, { ...at, commentId: null })
    await chat.handlers.announce(as, { ...at, announcement: null })
    expect((await history()).board).toMatchObject({ pinned: null, announcement: null })
    expect(await toldOf(id)).toHaveLength(5)
  })

  test('nothing stands that nobody may see', async () => {
    const { send, assistant, at } = await newRoom()
    const as = ctxOf(assistant)
    const { id: commentId } = await send('review 我')
    const gone = { code: 'chat.not_found' }
    await expect(chat.handlers.pin(as, { ...at, commentId })).rejects.toMatchObject(gone)
    const foreign = await (await newRoom()).send('别处')
    const elsewhereId = { ...at, commentId: foreign.id }
    await expect(chat.handlers.pin(as, elsewhereId)).rejects.toMatchObject(gone)
    const announce = (announcement: string) => chat.handlers.announce(as, { ...at, announcement })
    await expect(announce('block')).rejects.toMatchObject({ code: 'wordlist.refused' })
    await expect(announce(' \u200b ')).rejects.toMatchObject({ code: 'chat.blank' })
    expect((await announce('mask')).announcement).toBe('****')
  })
})

describe('questions', () => {
  test('wait in order until they are answered, and the asker is told', async () => {
    const { send, assistant, at, id, history } = await newRoom()
    const first = await send('几号最香？', { kind: 'question' })
    const second = await send('包邮吗？', { kind: 'question' })
    await send('好香')
    const as = ctxOf(assistant)
    const list = async (isAnswered: boolean) =>
      (await chat.handlers.questions(as, { ...at, isAnswered, limit: 10 })).items
    expect(await list(false)).toEqual([first, second])
    const firstPage = await chat.handlers.questions(as, { ...at, isAnswered: false, limit: 1 })
    expect(firstPage).toMatchObject({ items: [first], waitingCount: 2 })
    const mark = (isAnswered: boolean) =>
      chat.handlers.setAnswered(as, { ...at, commentId: first.id, isAnswered })
    const answered = await mark(true)
    expect(await mark(true)).toEqual(answered)
    expect(answered).toEqual({ ...first, isAnswered: true })
    expect(await list(false)).toEqual([second])
    expect(await list(true)).toEqual([answered])
    expect((await history()).items[0]).toEqual(answered)
    expect(await toldOf(id)).toEqual([
      {
        name: 'chat.comment_moved',
        ...{ commentId: first.id, authorId: ann.userId, state: 'shown', isAnswered: true },
      },
    ])
    const message = { t: 'chat.answered', commentId: first.id, isAnswered: true }
    expect(said.filter(each => each.liveId === id).at(-1)?.message).toEqual(message)
    expect(toldDesk.at(-1)).toMatchObject({ liveId: id, questionCount: 1 })
    expect((await mark(false)).isAnswered).toBe(false)
  })

  test('only a question of this room is answered', async () => {
    const { send, assistant, at } = await newRoom()
    const { id: commentId } = await send('好香')
    const call = (id: string) =>
      chat.handlers.setAnswered(ctxOf(assistant), { ...at, commentId: id, isAnswered: true })
    const foreign = await (await newRoom()).send('几号？', { kind: 'question' })
    for (const id of [commentId, foreign.id, newId()])
      await expect(call(id)).rejects.toMatchObject({ code: 'chat.not_found' })
  })
})

describe('review', () => {
  test('a held comment waits with its words; shown, the room hears it as it was written', async () => {
    const { send, review, setState, history, id } = await newRoom()
    const held = await send('review 一下')
    const blocked = await send('block 这个')
    expect(await review('held')).toEqual([
      { comment: held, originalText: 'review 一下', words: ['review'] },
    ])
    expect((await review('blocked')).map(({ comment }) => comment.id)).toEqual([blocked.id])
    expect(toldDesk.at(-1)).toMatchObject({ liveId: id, heldCount: 1 })

    const shown = await setState(held.id, 'shown')
    expect(shown).toEqual({ ...held, state: 'shown' })
    expect(await setState(held.id, 'shown')).toEqual(shown)
    expect((await history()).items).toEqual([shown])
    const heard = said.filter(each => each.liveId === id)
    expect(heard.map(({ message }) => message)).toEqual([{ t: 'chat.comment', comment: shown }])
    expect(toldDesk.at(-1)).toMatchObject({ liveId: id, heldCount: 0 })
    expect(await review('held')).toEqual([])
  })

  test('a removed comment goes for everybody, once, and from above the chat too', async () => {
    const { send, setState, history, review, assistant, at, id } = await newRoom()
    const comment = await send('走开')
    const answer = await chat.handlers.send(ctxOf(ann), {
      ...{ id, commentId: newId(), text: '你才走开', replyToId: comment.id },
    })
    await chat.handlers.pin(ctxOf(assistant), { ...at, commentId: comment.id })
    const tries = [chat, elsewhere.chat, chat].map(on => setState(comment.id, 'removed', on))
    for (const view of await Promise.all(tries)) expect(view.state).toBe('removed')
    const { items, board } = await history()
    expect(items.map(each => [each.id, each.replyTo?.text])).toEqual([[answer.id, null]])
    expect(board.pinned).toBeNull()
    expect((await review('removed')).map(each => each.comment.id)).toEqual([comment.id])
    const news = (await toldOf(id)).map(({ name }) => name)
    expect(news.filter(name => name === 'chat.comments_removed')).toHaveLength(1)
    const gone = chat.handlers.thread(ctxOf(visitor), { id, commentId: comment.id, limit: 5 })
    await expect(gone).rejects.toMatchObject({ code: 'chat.not_found' })
    expect((await setState(comment.id, 'shown')).state).toBe('shown')
    expect((await history()).items.map(each => each.id)).toEqual([comment.id, answer.id])
  })
})

test('who has no part in keeping order here sees and changes nothing', async () => {
  const { at, send, clerk } = await newRoom()
  const { id: commentId } = await send('好')
  const calls = (by: UserActor) => [
    chat.handlers.setSettings(ctxOf(by), { ...at, ...open }),
    chat.handlers.pin(ctxOf(by), { ...at, commentId }),
    chat.handlers.announce(ctxOf(by), { ...at, announcement: 'x' }),
    chat.handlers.questions(ctxOf(by), { ...at, isAnswered: false, limit: 5 }),
    chat.handlers.setAnswered(ctxOf(by), { ...at, commentId, isAnswered: true }),
    chat.handlers.reviewList(ctxOf(by), { ...at, limit: 5 }),
    chat.handlers.setState(ctxOf(by), { ...at, commentId, state: 'removed' }),
  ]
  const codesOf = async (by: UserActor) =>
    new Set(
      (await Promise.allSettled(calls(by))).map(each =>
        each.status === 'rejected' ? each.reason.code : 'done',
      ),
    )
  expect(await codesOf(ann)).toEqual(new Set(['auth.forbidden']))
  expect(await codesOf(clerk)).toEqual(new Set(['auth.forbidden']))
  expect(await codesOf(team.owner)).toEqual(new Set(['request.not_found']))
})
