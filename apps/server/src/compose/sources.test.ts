import { newId } from '@kaibo/kernel/ids'
import { expect, test } from 'vitest'
import { openStage } from '../testing/stage.ts'
import { createWorld } from '../testing/world.ts'

const world = await createWorld(await openStage())

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
