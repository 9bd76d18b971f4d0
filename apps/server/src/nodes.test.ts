import { isDeepStrictEqual } from 'node:util'
import { topics } from '@kaibo/contract/show/topics'
import { newId } from '@kaibo/kernel/ids'
import { testDatabase } from '@kaibo/testkit/database'
import { freePort } from '@kaibo/testkit/ports'
import { hasRedis, type TestRedis, testRedis } from '@kaibo/testkit/redis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  eventually,
  newDataDir,
  newSettings,
  type ServerProcess,
  startServer,
} from './testing/process.ts'
import {
  browse,
  orderOf,
  placeOrder,
  prepareErrand,
  type Shopper,
  signInAt,
} from './testing/shopper.ts'
import { type Viewer, watch } from './testing/viewer.ts'

/** The deadline of what must happen in the end, on any machine. */
const withinMs = 30_000
const soon = async (isTrue: () => boolean | Promise<boolean>) =>
  expect(await eventually(async () => (await isTrue()) || undefined, withinMs)).toBe(true)

/** Four processes start, on a machine that may be busy. */
const startMsMax = 240_000

/** One installation for both buses: the second finds the demo and its people there. */
const { url: databaseUrl } = await testDatabase()
const dataDir = newDataDir()
let people: { buyer: Shopper; host: Shopper } | undefined

describe('two api and two realtime processes over PostgreSQL', () => {
  room()
})

describe.skipIf(!hasRedis)('two api and two realtime processes over Redis', () => {
  let redis: TestRedis
  const overRedis = room(async () => {
    redis = await testRedis()
    return { KAIBO_FANOUT: 'redis', KAIBO_REDIS_URL: redis.url }
  })

  test('a killed Redis loses no order and no word of it', async () => {
    const { secondApi, errand, near, far, mine } = overRedis()
    const before = [near, far].map(viewer => viewer.snapshotCount(mine))
    await redis.kill()
    const orderId = await placeOrder(secondApi.buyer, errand)
    const view = await secondApi.buyer.client.order.view({ id: orderId })
    expect(view).toMatchObject({ state: 'pending' })
    await redis.start()
    for (const [at, viewer] of [near, far].entries()) {
      await soon(() => viewer.snapshotCount(mine) > (before[at] ?? 0))
    }
    const nextId = await placeOrder(secondApi.buyer, errand)
    for (const viewer of [near, far]) await soon(() => hasHeardOf(viewer, mine, nextId))
    // They began anew, maybe one item apart; in the end they stand at the same one.
    await soon(() => isDeepStrictEqual(near.ordered(mine).at(-1), far.ordered(mine).at(-1)))
  })
})

const hasHeardOf = (viewer: Viewer, topic: string, orderId: string) =>
  viewer.ordered(topic).some(item => item.orderId === orderId)

/** What holds over every bus; answers with the stage on which it was shown. */
function room(
  bus: () => Promise<Record<string, string>> = async () => ({ KAIBO_FANOUT: 'postgres' }),
) {
  let stage: Stage | undefined
  const on = (): Stage => {
    if (!stage) throw new Error('the processes did not start')
    return stage
  }
  beforeAll(async () => {
    stage = await openStage(await bus())
  }, startMsMax)
  afterAll(() => stage?.end())

  test('what happens in the room reaches both nodes, in one order', async () => {
    const { firstApi, secondApi, errand, near, far, live, mine } = on()
    const { liveId: id, shopId } = errand
    const text = `两边都听得到吗 ${firstApi.server.pid}`
    await firstApi.buyer.client.chat.send({ id, commentId: newId(), text })
    const bag = await secondApi.host.client.showcase.bag({ id })
    const productIds = bag.items.map(({ product }) => product.id).toReversed()
    await secondApi.host.client.showcase.setBag({ shopId, id, version: bag.version, productIds })
    await firstApi.host.client.showcase.explain({ shopId, id, productId: productIds[0] ?? null })
    const { heartCount } = await secondApi.buyer.client.live.room({ id })
    near.tap(live, 5)
    const orderId = await placeOrder(firstApi.buyer, errand)
    for (const viewer of [near, far]) {
      await soon(() => viewer.ordered(live).filter(({ t }) => t === 'showcase.changed').length > 1)
      await soon(() => viewer.social(live).some(({ t }) => t === 'chat.comment'))
      await soon(() =>
        viewer.social(live).some(({ t, total }) => t === 'live.hearts' && total === heartCount + 5),
      )
      await soon(() => hasHeardOf(viewer, mine, orderId))
    }
    for (const topic of [live, mine]) expect(near.ordered(topic)).toEqual(far.ordered(topic))
  })

  test('a killed realtime process loses nothing, and its people leave the counts', async () => {
    const { secondApi, firstNode, errand, near, far, live, mine } = on()
    const onlineCount = async () =>
      (await secondApi.host.client.live.feed({})).items.find(({ id }) => id === errand.liveId)
        ?.onlineCount
    const guest = watch(browse(secondApi.server.url), [firstNode.port])
    await guest.hear(live)
    await soon(async () => (await onlineCount()) === 2)
    firstNode.signal('SIGKILL')
    const orderId = await placeOrder(secondApi.buyer, errand)
    await soon(() => hasHeardOf(near, mine, orderId) && hasHeardOf(far, mine, orderId))
    expect(near.ordered(mine)).toEqual(far.ordered(mine))
    expect([near.snapshotCount(mine), far.snapshotCount(mine)]).toEqual([1, 1])
    await soon(async () => (await onlineCount()) === 1)
    guest.stop()
  })

  test('a killed api process loses no order and no word of it', async () => {
    const { firstApi, secondApi, errand, near, far, mine } = on()
    const orders = await Promise.all(
      Array.from({ length: 6 }, () => orderOf(secondApi.buyer, errand)),
    )
    const answers = orders.map(order => firstApi.buyer.client.order.place(order))
    await Promise.any(answers)
    firstApi.server.signal('SIGKILL')
    const settled = await Promise.allSettled(answers)
    const lost = orders.filter((_, at) => settled[at]?.status === 'rejected')
    for (const order of lost) await secondApi.buyer.client.order.place(order)
    for (const order of orders) {
      const orderId = order.orders[0]?.id ?? ''
      expect(await secondApi.buyer.client.order.view({ id: orderId })).toMatchObject({
        state: 'pending',
      })
      await soon(() => hasHeardOf(near, mine, orderId) && hasHeardOf(far, mine, orderId))
    }
    expect(near.ordered(mine)).toEqual(far.ordered(mine))
  })

  return on
}

type Stage = Awaited<ReturnType<typeof openStage>>

/** Four processes on one database, and a buyer who watches the demo room twice. */
async function openStage(bus: Record<string, string>) {
  const settings = await newSettings({ DATABASE_URL: databaseUrl, KAIBO_DATA_DIR: dataDir, ...bus })
  const port = await freePort()
  const process = async (roles: string, at?: number) =>
    startServer({
      ...settings,
      PORT: String(at ?? (await freePort())),
      KAIBO_ROLES: roles,
      KAIBO_API_URL: `http://127.0.0.1:${port}`,
    })
  const nodes = Promise.all([process('realtime'), process('realtime')])
  const apis = [await process('api,worker'), await process('api,worker,media', port)] as const
  const [firstNode, secondNode] = await nodes
  people ??= {
    buyer: await signInAt(apis[0].url, '13800000001'),
    host: await signInAt(apis[1].url, '13800000002'),
  }
  const { buyer, host } = people
  const at = (server: ServerProcess) => ({
    server,
    buyer: browse(server.url, buyer.token),
    host: browse(server.url, host.token),
  })
  const [firstApi, secondApi] = [at(apis[0]), at(apis[1])]
  const errand = await prepareErrand(secondApi.buyer)
  // Who watches asks the api that stays.
  const near = watch(secondApi.buyer, [firstNode.port, secondNode.port])
  const far = watch(secondApi.buyer, [secondNode.port])
  const [live, mine] = [topics.live(errand.liveId), topics.user(buyer.userId)]
  for (const viewer of [near, far]) for (const topic of [live, mine]) await viewer.hear(topic)
  return {
    ...{ firstApi, secondApi, firstNode, secondNode, errand, near, far, live, mine },
    async end() {
      for (const viewer of [near, far]) viewer.stop()
      const servers = [...apis, firstNode, secondNode]
      for (const server of servers) server.signal('SIGKILL')
      await Promise.all(servers.map(server => server.ended))
    },
  }
}
