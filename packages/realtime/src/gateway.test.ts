import { once } from 'node:events'
import { systemClock as clock } from '@kaibo/kernel/clock'
import { afterEach, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { createTestBus } from '../test/bus.ts'
import { device, startHub } from '../test/support.ts'
import { listen } from '../test/ws-server.ts'
import { defaultGatewayLimits } from './gateway/limits.ts'
import { createGateway, type GatewayNeeds } from './gateway.ts'
import { createTickets } from './ticket.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function startServer(needs: Partial<GatewayNeeds> = {}, bus = createTestBus().bus) {
  const limits = { countFlushMs: 20 }
  const { hub } = startHub({ bus, limits, onCount: (...sum) => sums.push(sum) })
  const sums: unknown[] = []
  const tickets = createTickets({ secret: Buffer.alloc(32, 7), clock })
  const gateway = createGateway({
    hub,
    clock,
    tickets,
    allowOrigin: origin => origin === undefined || origin === 'https://shop.example',
    authorizeTopic: async (identity, topic) =>
      !topic.startsWith('user:') || topic === `user:${identity.id}`,
    mayCount: ({ id }, _topic, key) => key === 'hearts' && id !== 'visitor',
    ...needs,
  })
  const server = await listen(gateway)
  closers.push(server.close, hub.close)
  const connect = (protocols: string[], options = {}) =>
    new WebSocket(server.url, protocols, options)
  const newTicket = (id: string) => `ticket.${tickets.issueTicket(device(id))}`
  return {
    hub,
    gateway,
    sums,
    connect,
    newTicket,
    async join(id: string) {
      const socket = connect(['kaibo.v1', newTicket(id)])
      const messages: unknown[] = []
      socket.on('message', text => messages.push(JSON.parse(String(text))))
      const closed = new Promise<number>(resolve => socket.on('close', resolve))
      await once(socket, 'open')
      const say = (command: unknown) => socket.send(JSON.stringify(command))
      return { socket, messages, closed, say }
    },
  }
}

const refusal = async (socket: WebSocket): Promise<number | undefined> => {
  const [, response] = await once(
    socket.on('error', () => {}),
    'unexpected-response',
  )
  return response.statusCode
}

test('a handshake needs an unspent ticket and a known origin', async () => {
  const { connect, newTicket } = await startServer()
  const ticket = newTicket('ann')
  const socket = connect(['kaibo.v1', ticket])
  await once(socket, 'open')
  expect(socket.protocol).toBe('kaibo.v1')
  expect(await refusal(connect(['kaibo.v1', ticket]))).toBe(401)
  expect(await refusal(connect(['kaibo.v1']))).toBe(401)
  expect(await refusal(connect(['kaibo.v1', 'ticket.e30.AAAA']))).toBe(401)
  const foreign = { headers: { origin: 'https://evil.example' } }
  expect(await refusal(connect(['kaibo.v1', newTicket('ann')], foreign))).toBe(403)
})

test('one address cannot shake hands without bound', async () => {
  const { connect } = await startServer({
    limits: { addressHandshakesBurst: 2, addressHandshakesPerSec: 0.01 },
  })
  expect(await refusal(connect(['kaibo.v1']))).toBe(401)
  expect(await refusal(connect(['kaibo.v1']))).toBe(401)
  expect(await refusal(connect(['kaibo.v1']))).toBe(429)
})

test('a topic that is not allowed is refused, and the socket lives on', async () => {
  const { join } = await startServer()
  const ann = await join('ann')
  ann.say({ t: 'sub', topic: 'user:bob' })
  ann.say({ t: 'sub', topic: 'user:ann' })
  await vi.waitFor(() => expect(ann.messages).toHaveLength(2))
  expect(ann.messages[0]).toEqual(['@', 'error', 'topic.forbidden', 'user:bob'])
  expect(ann.messages[1]).toMatchObject(['@', 'sub', 'user:ann', expect.any(String), 0])
})

test.each([100, 120, 126, 60_000, 70_000])(
  'a real client reads %i characters of every kind in a tick',
  async length => {
    const { hub, join } = await startServer()
    const ann = await join('ann')
    ann.say({ t: 'sub', topic: 'live:1' })
    await vi.waitFor(() => expect(ann.messages).toHaveLength(1))
    const sent: string[] = []
    for (let left = length; left > 0; left -= 5_000) {
      const item = '购🛒a'.repeat(Math.ceil(Math.min(left, 5_000) / 4))
      sent.push(item)
      await hub.publishOrdered('live:1', item)
    }
    hub.publishSocial('live:1', { text: '好看' })
    type Envelope = [string, string, number, string[], unknown[]]
    const envelopes = () => ann.messages.slice(1) as Envelope[]
    await vi.waitFor(() => expect(envelopes().at(-1)?.[4]).toHaveLength(1))
    expect(envelopes().flatMap(envelope => envelope[3])).toEqual(sent)
    expect(envelopes().flatMap(envelope => envelope[4])).toEqual([{ text: '好看' }])
    expect(envelopes().length).toBeGreaterThanOrEqual(Math.ceil(length / 16_000))
  },
)

test('malformed messages are counted, and the fourth ends the connection', async () => {
  const { gateway, join } = await startServer()
  const ann = await join('ann')
  for (const text of ['{', '{"t":"sub","topic":"Live:1"}', '{"t":"ping","x":1}', '[]']) {
    ann.socket.send(text)
  }
  expect(await ann.closed).toBe(1008)
  expect(gateway.stats().malformedCount).toBe(4)
})

test('binary, oversize and too many messages end the connection', async () => {
  // Slow refilling: however long the machine takes over six messages, the sixth is one too many.
  const limits = { malformedMax: 0, framesBurstMax: 5, framesPerSecMax: 0.01 }
  const { join } = await startServer({ limits })
  const binary = await join('ann')
  binary.socket.send(Buffer.from([1, 2, 3]))
  expect(await binary.closed).toBe(1008)
  const oversize = await join('bob')
  oversize.socket.send('x'.repeat(5_000))
  expect(await oversize.closed).toBe(1009)
  const chatty = await join('eve')
  for (let n = 0; n < 6; n++) chatty.say({ t: 'ping' })
  expect(await chatty.closed).toBe(1008)
  expect(chatty.messages).toHaveLength(5)
})

test('taps count only of those who may, for topics that one hears and keys that exist', async () => {
  const { sums, join } = await startServer()
  const ann = await join('ann')
  ann.say({ t: 'sub', topic: 'live:1' })
  await vi.waitFor(() => expect(ann.messages).toHaveLength(1))
  ann.say({ t: 'count', topic: 'live:2', key: 'hearts', n: 3 })
  ann.say({ t: 'count', topic: 'live:1', key: 'money', n: 3 })
  const visitor = await join('visitor')
  visitor.say({ t: 'sub', topic: 'live:1' })
  await vi.waitFor(() => expect(visitor.messages).toHaveLength(1))
  visitor.say({ t: 'count', topic: 'live:1', key: 'hearts', n: 5 })
  ann.say({ t: 'count', topic: 'live:1', key: 'hearts', n: 3 })
  await vi.waitFor(() => expect(sums).toEqual([['live:1', 'hearts', 3]]))
})

test('taps that come right behind their subscription count once it is granted, and not if it is refused', async () => {
  const granted = Promise.withResolvers<void>()
  const authorizeTopic = async (_identity: unknown, topic: string) => {
    await granted.promise
    return topic === 'live:1'
  }
  const { sums, join } = await startServer({ authorizeTopic })
  const ann = await join('ann')
  for (const topic of ['live:1', 'user:bob']) {
    ann.say({ t: 'sub', topic })
    ann.say({ t: 'count', topic, key: 'hearts', n: 3 })
  }
  ann.say({ t: 'ping' })
  await vi.waitFor(() => expect(ann.messages).toHaveLength(1))
  expect(sums).toEqual([])
  granted.resolve()
  await vi.waitFor(() => expect(sums).toEqual([['live:1', 'hearts', 3]]))
})

test('a client that answers no ping is closed', async () => {
  const { gateway, join } = await startServer({ limits: { pingEveryMs: 1_000 } })
  const ann = await join('ann')
  ann.socket.pong = () => undefined
  expect(await ann.closed).toBe(4410)
  expect(gateway.stats().silentClosedCount).toBe(1)
})

test('who vanishes without a word is let go within half a minute, whenever they came', async () => {
  const { pingEveryMs, missedPingsMax } = defaultGatewayLimits
  expect((missedPingsMax + 1) * pingEveryMs).toBeLessThan(30_000)
})

test('one address may hold so many connections, and another its own', async () => {
  const { gateway, join } = await startServer({ limits: { addressConnectionsMax: 1 } })
  const ann = await join('ann')
  const ask = (address: string) =>
    gateway.admit({ address, origin: undefined, protocols: ['kaibo.v1'] })
  expect(ask('127.0.0.1')).toMatchObject({ status: 503, retryAfterSec: 5 })
  expect(ask('127.0.0.2')).toMatchObject({ status: 401 })
  ann.socket.close()
  await vi.waitFor(() => expect(ask('127.0.0.1')).toMatchObject({ status: 401 }))
})

test('a ticket that one process redeemed is refused by the others', async () => {
  const { bus } = createTestBus({ isShared: true })
  const [one, two] = [await startServer({}, bus), await startServer({}, bus)]
  const ticket = one.newTicket('ann')
  await once(one.connect(['kaibo.v1', ticket]), 'open')
  const told = vi.fn()
  two.hub.nodes.listen(told)
  await vi.waitFor(() => expect(told).toHaveBeenCalled())
  expect(await refusal(two.connect(['kaibo.v1', ticket]))).toBe(401)
})

test('a draining gateway says goodbye and takes nobody new', async () => {
  const { gateway, connect, newTicket, join } = await startServer()
  const ann = await join('ann')
  gateway.drain({ spreadMs: 5_000 })
  await vi.waitFor(() => expect(ann.messages).toEqual([['@', 'bye', expect.any(Number)]]))
  expect(await refusal(connect(['kaibo.v1', newTicket('bob')]))).toBe(503)
})

test('who is put out while the door is being asked is asked for again', async () => {
  const answers: ((isAllowed: boolean) => void)[] = []
  const authorizeTopic = () => new Promise<boolean>(resolve => answers.push(resolve))
  const { hub, join } = await startServer({ authorizeTopic })
  const { messages, say } = await join('ann')
  say({ t: 'sub', topic: 'live:1' })
  await vi.waitFor(() => expect(answers).toHaveLength(1))
  hub.evict('live:1', 'ann')
  await vi.waitFor(() => expect([...hub.connections()][0]?.evictionCount).toBe(1))
  answers[0]?.(true)
  await vi.waitFor(() => expect(answers).toHaveLength(2))
  answers[1]?.(false)
  await vi.waitFor(() => expect(messages).toEqual([['@', 'error', 'topic.forbidden', 'live:1']]))
})
