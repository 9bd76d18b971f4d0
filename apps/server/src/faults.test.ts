import { setTimeout as delay } from 'node:timers/promises'
import { isAlive } from '@kaibo/db/embedded/cluster'
import { must } from '@kaibo/kernel/invariant'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  eventually,
  mediaPid,
  newSettings,
  postgresPid,
  type ServerProcess,
  startServer,
} from './testing/process.ts'
import {
  type Errand,
  placeOrder,
  prepareErrand,
  type Shopper,
  signInAt,
} from './testing/shopper.ts'
import { openSocket } from './testing/sockets.ts'

const buyerPhone = '13800000001'
const settings = await newSettings()
const dataDir = settings.KAIBO_DATA_DIR ?? ''
let server: ServerProcess
let buyer: Shopper
let errand: Errand

beforeAll(async () => {
  server = await startServer(settings)
  buyer = await signInAt(server.url, buyerPhone)
  errand = await prepareErrand(buyer)
})

const isLive = async () => {
  const room = await buyer.client.live.room({ id: errand.liveId })
  return room.state === 'live' ? room : undefined
}

/** Whether bytes of a picture come from the room's address. */
async function moves(): Promise<boolean | undefined> {
  const room = await isLive()
  if (!room?.play) return undefined
  const flv = must(
    room.play.endpoints.find(({ protocol }) => protocol === 'flv'),
    'no FLV',
  )
  const answer = await fetch(flv.url, { signal: AbortSignal.timeout(3_000) })
  const { value } = (await answer.body?.getReader().read()) ?? {}
  return (value?.length ?? 0) > 0 ? true : undefined
}

test('a start at the default log level says what is where, and nothing else', () => {
  expect(server.stdout()).toContain(`http://localhost:${server.port}/studio/`)
  expect(server.stdout()).toMatch(/stream key +sk_\w{32}/)
  expect(server.stdout()).not.toContain('{"')
  expect(server.stderr()).toBe('')
})

test('the demo room moves', async () => {
  expect(await eventually(moves, 30_000)).toBe(true)
})

test('the media process killed: another one is there soon, and so is the picture', async () => {
  const pid = await mediaPid(server.pid)
  process.kill(pid, 'SIGKILL')
  const another = async () => {
    const next = await mediaPid(server.pid)
    return next === pid ? undefined : next
  }
  expect(await eventually(another, 15_000)).toBeDefined()
  expect(await eventually(moves, 30_000)).toBe(true)
})

/** Orders until `isEnough`; tells what was acknowledged and with which codes the rest was refused. */
async function shop(isEnough: (acknowledged: readonly string[]) => boolean) {
  const acknowledged: string[] = []
  const refusals = new Set<string>()
  for (const untilMs = Date.now() + 15_000; !isEnough(acknowledged) && Date.now() < untilMs; ) {
    await placeOrder(buyer, errand).then(
      id => acknowledged.push(id),
      error => refusals.add(error.code),
    )
  }
  return { acknowledged, refusals: [...refusals] }
}

const statesOf = async (ids: readonly string[]) => {
  const orders = await Promise.all(ids.map(id => buyer.client.order.view({ id })))
  return new Set(orders.map(order => order.state))
}

test('PostgreSQL killed: the server says busy, then orders go on without a hand', async () => {
  const pid = postgresPid(dataDir)
  process.kill(pid ?? 0, 'SIGKILL')
  let orderedBefore = 0
  const { acknowledged, refusals } = await shop(ids => {
    const isBack = ![pid, undefined].includes(postgresPid(dataDir))
    if (!isBack) orderedBefore = ids.length
    return isBack && ids.length > orderedBefore
  })
  expect(
    refusals.filter(code => code !== 'server.busy'),
    server.stderr(),
  ).toEqual([])
  expect(acknowledged.length).toBeGreaterThan(orderedBefore)
  expect(await statesOf(acknowledged)).toEqual(new Set(['pending']))
})

test('the server killed in the middle of orders: none that it said yes to is lost', {
  timeout: 90_000,
}, async () => {
  let isKilled = false
  const counts = [0, 0, 0, 0]
  const shoppers = counts.map((_, index) =>
    shop(ids => {
      counts[index] = ids.length
      return isKilled
    }),
  )
  const ordered = () => counts.reduce((sum, count) => sum + count)
  await eventually(async () => (ordered() >= 5 ? true : undefined), 15_000)
  const media = await mediaPid(server.pid)
  server.signal('SIGKILL')
  isKilled = true
  const lists = await Promise.all(shoppers)
  const ids = lists.flatMap(list => list.acknowledged)
  expect(ids.length).toBeGreaterThanOrEqual(5)
  expect(postgresPid(dataDir)).toBeDefined()
  expect(await eventually(async () => (isAlive(media) ? undefined : true), 15_000)).toBe(true)

  server = await startServer({ ...settings, KAIBO_LOG_LEVEL: 'debug' })
  expect(server.stdout()).toContain('(found running)')
  expect(await statesOf(ids)).toEqual(new Set(['pending']))
})

describe('at the most talkative log level', () => {
  test('no line holds a phone number, a code, a token, a key or an address of a person', async () => {
    const owner = await signInAt(server.url, '13800000002')
    const shopId = (await owner.client.account.me()).shops[0]?.id ?? ''
    const { streamKey } = await owner.client.live.renewKey({ shopId, id: errand.liveId })
    const payment = await buyer.client.pay.start({
      orderIds: [await placeOrder(buyer, errand)],
      channel: 'sandbox',
    })
    const cashier = new URL(payment.cashierUrl ?? '', server.url)
    await fetch(cashier, { method: 'POST', headers: { origin: server.url } })
    const { ticket } = await buyer.client.realtime.ticket()
    const socket = await openSocket(server.port, { ticket })
    await socket.hear(`user:${buyer.userId}`)
    socket.close()
    await fetch(`${server.url}/api/me`, { headers: { cookie: `kaibo=${buyer.token}` } })

    const log = server.stderr()
    expect(log).toContain('"route":"/api/payments"')
    const secrets = [buyer.token, owner.token, streamKey, ticket, cashier.searchParams.get('pass')]
    for (const secret of secrets) {
      expect(secret?.length).toBeGreaterThan(10)
      expect(log).not.toContain(secret)
    }
    expect(log).not.toMatch(/\b1[3-9]\d{9}\b|王小明|龙井路|sk_\w{8}/)
  })
})

test('asked to stop, twice and in two ways, it tells its sockets, drains and ends', async () => {
  const { ticket } = await buyer.client.realtime.ticket()
  const socket = await openSocket(server.port, { ticket })
  await socket.hear('feed')
  const postgres = postgresPid(dataDir)
  server.signal('SIGINT')
  await delay(50)
  server.signal('SIGINT')
  server.signal('SIGTERM')
  expect(await socket.closed).toBe(1001)
  expect(await server.ended).toBe(0)
  expect(isAlive(postgres ?? 0)).toBe(false)
})
