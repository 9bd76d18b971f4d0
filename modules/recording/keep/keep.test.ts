import { orderCompleted, orderPaid } from '@kaibo/contract/trade/order'
import { createOutbox, publish } from '@kaibo/db/outbox'
import { dayMs, manualClock } from '@kaibo/kernel/clock'
import { newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { fen } from '@kaibo/kernel/money'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { createFakeStore, createKeeping } from '@kaibo/testkit/media/recording'
import { ctxOf, operatorActor, visitor } from '@kaibo/testkit/people'
import { createStage } from '@kaibo/testkit/stage'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'

const { database } = await testDatabase()
const market = createMarket(database)
const stage = createStage(database, market)
const clock = manualClock(new Date())
const store = createFakeStore()
const errors: string[] = []
const log = {
  warn: () => {},
  error: (_facts: object, message: string) => void errors.push(message),
}
const { recording, spool } = createKeeping(
  database,
  { market, stage },
  { clock, store, log, keep: { show: 100, trade: 1_200 } },
)
const outbox = createOutbox({ database, subscribers: [...recording.subscribers] })
const { handlers } = recording
const operator = ctxOf(operatorActor())

beforeEach(async () => {
  await sql`update recording set state = 'none' where state = 'ready'`.execute(database.db)
})

/** A session that ended some days ago, with two pieces, of which one moved to the store. */
async function newReplay({ endedDaysAgo = 0 } = {}) {
  const team = await market.newShop()
  const { id, shopId } = await stage.newSession(team)
  await stage.tell(id, 'publish_start')
  for (const ms of [-20_000, -10_000]) {
    const piece = spool.record(id, { startedAt: new Date(clock.now().getTime() + ms) })
    const folder = must(spool.folders.get(id), 'a folder').name
    await recording.pieceTold({ liveId: id, folder, ...piece })
    await sql`update recording_piece set is_moved = true where live_id <> ${id}`.execute(
      database.db,
    )
    if (ms === -20_000) await recording.moveAway()
  }
  await stage.live.handlers.end(ctxOf(team.host), { shopId, id })
  await outbox.drain({ limit: 100 })
  spool.close(id)
  await recording.finishDue()
  const endedAt = new Date(clock.now().getTime() - endedDaysAgo * dayMs)
  await sql`update recording set ended_at = ${endedAt} where live_id = ${id}`.execute(database.db)
  const folder = must(spool.folders.get(id), 'a folder').name
  return {
    ...{ id, shopId, team, folder },
    stateOf: async () => (await handlers.recording(ctxOf(team.owner), { shopId, id })).state,
    view: () => handlers.recording(ctxOf(team.owner), { shopId, id }),
    files: () =>
      [...spool.files.keys(), ...store.objects.keys()].filter(key => key.startsWith(folder)),
    hold: (holdId = newId()) => handlers.hold(operator, { id, holdId, reason: '案件 17 号' }),
    async sell(event: typeof orderPaid | typeof orderCompleted, kind: 'live' | 'video') {
      await database.tx(tx =>
        publish(tx, event, {
          ...{ orderId: newId(), buyerId: newId(), shopId, state: 'paid', payableFen: fen(100) },
          source: { kind, id },
        }),
      )
      await outbox.drain({ limit: 100 })
    },
  }
}
const daysFromNow = (instant: string | null) =>
  Math.round((Date.parse(instant ?? '') - clock.now().getTime()) / dayMs)

test('a recording is kept as long as the longest rule says', async () => {
  const plain = await newReplay({ endedDaysAgo: 99 })
  const overdue = await newReplay({ endedDaysAgo: 101 })
  const sold = await newReplay({ endedDaysAgo: 101 })
  await sold.sell(orderPaid, 'live')
  const soldAgain = await newReplay({ endedDaysAgo: 1_500 })
  await soldAgain.sell(orderCompleted, 'video')
  expect(await plain.view()).toMatchObject({ retention: 'show', holdCount: 0 })
  expect(daysFromNow((await plain.view()).keepUntil)).toBe(1)
  expect(await sold.view()).toMatchObject({ retention: 'trade' })
  expect(daysFromNow((await sold.view()).keepUntil)).toBe(1_200)
  await recording.expireDue()
  const states = [plain, overdue, sold, soldAgain].map(each => each.stateOf())
  expect(await Promise.all(states)).toEqual(['ready', 'expired', 'ready', 'ready'])
})

test('an expired recording leaves no file with the media process or in the store', async () => {
  const replay = await newReplay({ endedDaysAgo: 101 })
  expect(replay.files()).toHaveLength(4)
  spool.isDown = true
  await recording.expireDue()
  expect(await replay.stateOf()).toBe('expired')
  expect(replay.files().length).toBeGreaterThan(0)
  spool.isDown = false
  await recording.expireDue()
  expect(replay.files()).toEqual([])
  expect(await handlers.replay(ctxOf(visitor), { id: replay.id })).toMatchObject({
    state: 'expired',
    play: null,
  })
  const late = spool.record(replay.id, { startedAt: clock.now() })
  const { folder } = replay
  await recording.pieceTold({ liveId: replay.id, folder, ...late })
  await recording.expireDue()
  expect(replay.files()).toEqual([])
})

test('a hold keeps a recording, and its end lets it go', async () => {
  const replay = await newReplay({ endedDaysAgo: 101 })
  const holdId = newId()
  const placed = await replay.hold(holdId)
  expect(await replay.hold(holdId)).toEqual(placed)
  await replay.hold()
  expect(await replay.view()).toMatchObject({ holdCount: 2 })
  await recording.expireDue()
  expect(await replay.stateOf()).toBe('ready')
  const listed = await handlers.list(operator, { limit: 10, isHeld: true })
  expect(listed.items.map(item => item.liveId)).toContain(replay.id)
  const { items } = await handlers.holds(operator, { id: replay.id })
  for (const { id } of items) {
    expect(await handlers.liftHold(operator, { id, reason: '结案' })).toMatchObject({
      liftReason: '结案',
    })
  }
  await expect(handlers.liftHold(operator, { id: holdId, reason: '再次' })).rejects.toMatchObject({
    code: 'hold.lifted',
  })
  await expect(handlers.liftHold(operator, { id: newId(), reason: '无' })).rejects.toMatchObject({
    code: 'hold.not_found',
  })
  await recording.expireDue()
  expect(await replay.stateOf()).toBe('expired')
  await expect(replay.hold()).rejects.toMatchObject({ code: 'recording.not_found' })
})

test('an expiry and a hold that race leave the recording, or refuse the hold', async () => {
  const replays: Awaited<ReturnType<typeof newReplay>>[] = []
  for (let count = 0; count < 4; count++) replays.push(await newReplay({ endedDaysAgo: 101 }))
  const outcomes = await Promise.all(
    replays.map(async replay => {
      const [placed] = await Promise.allSettled([replay.hold(), recording.expireDue()])
      return placed.status === 'fulfilled'
    }),
  )
  for (const [at, isHeld] of outcomes.entries())
    expect(await replays[at]?.stateOf()).toBe(isHeld ? 'ready' : 'expired')
})

test('a full disk takes the oldest recordings that are past what the law asks, and no other', async () => {
  const [older, old, young] = [
    await newReplay({ endedDaysAgo: 80 }),
    await newReplay({ endedDaysAgo: 70 }),
    await newReplay({ endedDaysAgo: 59 }),
  ]
  const [sold, held] = [
    await newReplay({ endedDaysAgo: 90 }),
    await newReplay({ endedDaysAgo: 90 }),
  ]
  await sold.sell(orderPaid, 'live')
  await held.hold()
  const states = () => Promise.all([older, old, young, sold, held].map(replay => replay.stateOf()))
  await recording.relieveDisk()
  expect(await states()).toEqual(['ready', 'ready', 'ready', 'ready', 'ready'])
  spool.state = 'low'
  await recording.relieveDisk()
  spool.state = 'ok'
  expect(await states()).toEqual(['expired', 'expired', 'ready', 'ready', 'ready'])
  expect(errors).toContain('the disk of recordings is running full')
  expect(await handlers.storage(operator, {})).toMatchObject({ store: 's3', disk: 'ok' })
})

test('a case file tells of every file with its hash, and of comments that were removed', async () => {
  const team = await market.newShop()
  const { id, shopId } = await stage.newSession(team)
  await stage.tell(id, 'publish_start')
  const piece = spool.record(id, { startedAt: new Date(Date.now() - 60_000) })
  const folder = must(spool.folders.get(id), 'a folder').name
  await recording.pieceTold({ liveId: id, folder, ...piece })
  const commentId = newId()
  const buyer = ctxOf(operatorActor())
  await stage.chat.handlers.send(buyer, { id, commentId, text: '假货' })
  await sql`update chat_comment set state = 'removed' where id = ${commentId}`.execute(database.db)
  clock.advanceMs(Math.max(0, Date.now() + 1_000 - clock.now().getTime()))
  const file = await handlers.caseFile(operator, { id, commentsFromMs: 0 })
  expect(file.recording).toMatchObject({ liveId: id, shopId, state: 'recording' })
  expect(file.pieces).toMatchObject([
    { key: `${folder}/0.m4s`, initKey: `${folder}/init-0.mp4`, sha256: piece.sha256, atMs: 0 },
  ])
  expect(file.comments).toMatchObject([{ originalText: '假货', comment: { state: 'removed' } }])
  expect(file.nextCommentsFromMs).toBeNull()
  expect(daysFromNow(file.addressesUntil)).toBe(7)
  await expect(
    handlers.caseFile(operator, { id: newId(), commentsFromMs: 0 }),
  ).rejects.toMatchObject({ code: 'recording.not_found' })
})

test('a recording that is not what its pieces are is found, and a replay that was never made', async () => {
  const replay = await newReplay()
  const findingsOf = async () =>
    (await recording.check(database.db)).findings
      .filter(({ subject }) => subject === `live ${replay.id}`)
      .map(({ check }) => check)
  expect(await findingsOf()).toEqual([])
  await sql`update recording set bytes = bytes + 1, state = 'making',
    ended_at = ended_at - interval '20 minutes' where live_id = ${replay.id}`.execute(database.db)
  expect(await findingsOf()).toEqual(['recording.pieces', 'recording.made'])
  await sql`update recording set bytes = bytes - 1 where live_id = ${replay.id}`.execute(
    database.db,
  )
})
