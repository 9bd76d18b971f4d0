import { newId } from '@kaibo/kernel/ids'
import { expect, test } from 'vitest'
import { openStage } from '../testing/stage.ts'
import { createWorld } from '../testing/world.ts'

const stage = await openStage()
const world = await createWorld(stage)

test('an order may name a link of the shop that sells, and no other one', async () => {
  const shareOf = async (liveId: string) =>
    String((await world.must('clerk', 'share.card', { liveId })).shareId)
  const otherLiveId = newId()
  const { otherShopId, skuId, addressIds } = world
  const session = { shopId: otherShopId, id: otherLiveId, title: '乙', category: 'tea' }
  await world.must('otherOwner', 'live.create', { ...session, coverFileId: null })
  const preview = (id: string | null) =>
    world.call('user', 'order.preview', {
      lines: [{ skuId, quantity: 1 }],
      addressId: addressIds.user,
      source: { kind: 'link', id },
      couponIds: [],
      pointsUsed: 0,
    })
  expect(await preview(await shareOf(world.liveId))).toMatchObject({ status: 200 })
  expect(await preview(await shareOf(otherLiveId))).toMatchObject({
    body: { code: 'order.source_foreign' },
  })
  for (const id of [newId(), null])
    expect(await preview(id)).toMatchObject({ body: { code: 'request.invalid' } })
})

test('an order may name a replay that may be watched, and no other video', async () => {
  const { kaibo, database } = stage.booted
  const { shopId, skuId, addressIds } = world
  const liveId = newId()
  await world.must('owner', 'live.end', { shopId, id: world.liveId })
  const session = { shopId, id: liveId, title: '回放', category: 'tea', coverFileId: null }
  await world.must('owner', 'live.create', session)
  const preview = () =>
    world.call('user', 'order.preview', {
      lines: [{ skuId, quantity: 1 }],
      addressId: addressIds.user,
      source: { kind: 'video', id: liveId },
      couponIds: [],
      pointsUsed: 0,
    })
  expect(await preview()).toMatchObject({ body: { code: 'request.invalid' } })
  const piece = { number: 0, initNumber: 0, durationMs: 10_000, bytes: 100, sha256: 'a'.repeat(64) }
  const startedAt = new Date().toISOString()
  await kaibo.recording.pieceTold({ liveId, folder: 'f'.repeat(32), startedAt, ...piece })
  await world.must('owner', 'live.end', { shopId, id: liveId })
  await kaibo.recording.pieceTold({ liveId, folder: 'f'.repeat(32), startedAt, ...piece })
  // No media process runs here: after ten minutes the replay is of what is known.
  const anHourAgo = "update recording set ended_at = ended_at - interval '1 hour'"
  await database.query('test.ended', anHourAgo, [])
  await kaibo.recording.finishDue()
  expect(await preview()).toMatchObject({ status: 200 })
  await world.must('owner', 'recording.set', { shopId, id: liveId, isPublic: false })
  expect(await preview()).toMatchObject({ body: { code: 'request.invalid' } })
})
