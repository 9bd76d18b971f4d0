import { setImmediate as turn } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { expect, test } from 'vitest'
import { createRealtime, type Position, type TopicListener } from './realtime.ts'

const epoch = 'e1'

/** A network in which the test plays the server, and a clock that it moves by hand. */
function startClient({ random = (): number => 0.5 } = {}) {
  const channels: ReturnType<typeof createChannel>[] = []
  const timers: { atMs: number; task: () => void; isCancelled: boolean }[] = []
  const world = { nowMs: 0, ticketCount: 0, ticketFails: false }
  const realtime = createRealtime({
    url: 'wss://shop.example/live',
    random,
    async getTicket() {
      if (world.ticketFails) throw new Error('offline')
      return `ticket-${++world.ticketCount}`
    },
    connect(url, protocols) {
      const created = createChannel({ url, protocols })
      channels.push(created)
      return created.channel
    },
    after(delayMs, task) {
      const timer = { atMs: world.nowMs + delayMs, task, isCancelled: false }
      timers.push(timer)
      return () => {
        timer.isCancelled = true
      }
    },
  })
  const passMs = async (ms: number) => {
    const endMs = world.nowMs + ms
    for (let guard = 0; guard < 1_000; guard++) {
      const due = timers.filter(timer => !timer.isCancelled && timer.atMs <= endMs)
      const [next] = due.toSorted((a, b) => a.atMs - b.atMs)
      if (!next) break
      next.isCancelled = true
      world.nowMs = next.atMs
      next.task()
      await turn()
    }
    world.nowMs = endMs
  }
  const last = () => {
    const channel = channels.at(-1)
    if (!channel) throw new Error('no connection was made')
    return channel
  }
  return { realtime, channels, last, passMs, world }
}

function createChannel(asked: { url: string; protocols: readonly string[] }) {
  const sent: unknown[] = []
  const on = { open: () => {}, message: (_: string) => {}, close: () => {} }
  const state = { isClosed: false }
  return {
    ...asked,
    sent,
    state,
    open: () => on.open(),
    say: (message: unknown) => on.message(JSON.stringify(message)),
    fail: () => on.close(),
    channel: {
      send: (text: string) => sent.push(JSON.parse(text)),
      close: () => {
        state.isClosed = true
      },
      onOpen: (handler: () => void) => {
        on.open = handler
      },
      onMessage: (handler: (text: string) => void) => {
        on.message = handler
      },
      onClose: (handler: () => void) => {
        on.close = handler
      },
    },
  }
}

/** Keeps what a topic brought; snapshots are answered with `held`. */
function recorder(held: () => Promise<Position | undefined> = async () => undefined) {
  const ordered: unknown[] = []
  const social: unknown[] = []
  const resyncs: Position[] = []
  const errors: string[] = []
  const listener: TopicListener = {
    onOrdered: (item, oseq) => ordered.push([oseq, item]),
    onSocial: item => social.push(item),
    onResync(position) {
      resyncs.push(position)
      return held()
    },
    onError: code => errors.push(code),
  }
  return { listener, ordered, social, resyncs, errors }
}

async function openRoom(listener: TopicListener) {
  const client = startClient()
  client.realtime.subscribe('live:1', listener)
  await turn()
  client.last().open()
  return client
}

test('the ticket travels as a subprotocol and topics are asked for once the socket is open', async () => {
  const { last } = await openRoom({})
  expect(last().protocols).toEqual(['kaibo.v1', 'ticket.ticket-1'])
  expect(last().sent).toEqual([{ t: 'sub', topic: 'live:1' }])
})

test('items wait for the snapshot, and those it holds are dropped', async () => {
  const snapshot = Promise.withResolvers<Position>()
  const room = recorder(() => snapshot.promise)
  const { last } = await openRoom(room.listener)
  last().say(['@', 'sub', 'live:1', epoch, 5])
  last().say(['live:1', epoch, 6, ['f', 'g'], ['hi']])
  expect(room.resyncs).toEqual([{ epoch, oseq: 5 }])
  expect(room.social).toEqual(['hi'])
  expect(room.ordered).toEqual([])
  snapshot.resolve({ epoch, oseq: 6 })
  await turn()
  last().say(['live:1', epoch, 8, ['h'], []])
  expect(room.ordered).toEqual([
    [7, 'g'],
    [8, 'h'],
  ])
})

test('a snapshot that is ahead of the socket swallows the items it already holds', async () => {
  const room = recorder(async () => ({ epoch, oseq: 7 }))
  const { last } = await openRoom(room.listener)
  last().say(['@', 'sub', 'live:1', epoch, 5])
  await turn()
  last().say(['live:1', epoch, 6, ['f', 'g', 'h'], []])
  expect(room.ordered).toEqual([[8, 'h']])
})

test('after a lost connection the room goes on where it stopped, without a snapshot', async () => {
  const room = recorder()
  const { last, passMs, channels } = await openRoom(room.listener)
  last().say(['@', 'sub', 'live:1', epoch, 0])
  await turn()
  last().say(['live:1', epoch, 1, ['a', 'b'], []])
  last().fail()
  await passMs(1_000)
  expect(channels).toHaveLength(2)
  last().open()
  expect(last().sent).toEqual([{ t: 'sub', topic: 'live:1', epoch, oseq: 2 }])
  last().say(['@', 'sub', 'live:1', epoch, 2])
  last().say(['live:1', epoch, 2, ['b', 'c'], []])
  expect(room.ordered).toEqual([
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
  ])
  expect(room.resyncs).toHaveLength(1)
})

test('a gap makes the client ask again and take nothing until the answer', async () => {
  const room = recorder()
  const { last } = await openRoom(room.listener)
  last().say(['@', 'sub', 'live:1', epoch, 0])
  await turn()
  last().say(['live:1', epoch, 3, ['c'], []])
  last().say(['live:1', epoch, 4, ['d'], []])
  expect(last().sent.slice(1)).toEqual([{ t: 'sub', topic: 'live:1', epoch, oseq: 0 }])
  last().say(['@', 'sub', 'live:1', epoch, 0])
  last().say(['live:1', epoch, 1, ['a', 'b', 'c', 'd'], []])
  expect(room.ordered.map(each => JSON.stringify(each))).toEqual([
    '[1,"a"]',
    '[2,"b"]',
    '[3,"c"]',
    '[4,"d"]',
  ])
})

test('resync refetches the snapshot, and a failed fetch is tried again', async () => {
  let isDown = true
  const room = recorder(async () => {
    if (isDown) throw new Error('503')
    return { epoch: 'e2', oseq: 9 }
  })
  const { last, passMs } = await openRoom(room.listener)
  last().say(['@', 'resync', 'live:1', 'e2', 9])
  await turn()
  last().say(['live:1', 'e2', 10, ['j'], []])
  isDown = false
  await passMs(5_000)
  last().say(['live:1', 'e2', 11, ['k'], []])
  expect(room.resyncs).toHaveLength(2)
  expect(room.ordered).toEqual([[11, 'k']])
})

test('a silent server is probed and then left', async () => {
  const { realtime, last, passMs, channels } = await openRoom({})
  await passMs(25_000)
  expect(last().sent.at(-1)).toEqual({ t: 'ping' })
  last().say(['@', 'pong'])
  await passMs(35_000)
  expect(realtime.state()).toBe('open')
  await passMs(35_000)
  expect(channels[0]?.state.isClosed).toBe(true)
  expect(realtime.state()).toBe('connecting')
  realtime.stop()
})

test('reconnection waits longer each time, up to fifteen seconds, with full jitter', async () => {
  const { realtime, world, passMs } = startClient({ random: () => 1 })
  world.ticketFails = true
  const waits: number[] = []
  let lostAtMs = 0
  realtime.onState(state => {
    if (state === 'waiting') lostAtMs = world.nowMs
    if (state === 'connecting' && lostAtMs + world.nowMs > 0) waits.push(world.nowMs - lostAtMs)
  })
  realtime.subscribe('feed', {})
  await turn()
  await passMs(60_000)
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000])
})

test('a hidden page neither retries nor stays connected for long; seen again it is back at once', async () => {
  const { realtime, last, passMs, channels } = await openRoom({})
  realtime.handleHidden()
  for (let answered = 0; answered < 14; answered++) {
    expect(realtime.state()).toBe('open')
    await passMs(22_000)
    last().say(['@', 'pong'])
  }
  expect(realtime.state()).toBe('waiting')
  await passMs(3_600_000)
  expect(channels).toHaveLength(1)
  realtime.handleVisible()
  await turn()
  expect(channels).toHaveLength(2)
})

test('a server that says goodbye is left within its time, and the topics follow', async () => {
  const { last, passMs, channels } = await openRoom({})
  last().say(['@', 'bye', 4_000])
  await passMs(1_900)
  expect(channels).toHaveLength(1)
  await passMs(200)
  expect(channels).toHaveLength(2)
  last().open()
  expect(last().sent).toEqual([{ t: 'sub', topic: 'live:1' }])
})

test('who signs in comes back with a fresh ticket and keeps the topics', async () => {
  const { realtime, last, passMs } = await openRoom({})
  realtime.renew()
  await passMs(0)
  last().open()
  expect(last().protocols[1]).toBe('ticket.ticket-2')
  expect(last().sent).toEqual([{ t: 'sub', topic: 'live:1' }])
})

test('two listeners share one subscription, which ends with the last of them', async () => {
  const { realtime, last } = await openRoom({})
  const leaveFirst = realtime.subscribe('feed', {})
  const leaveSecond = realtime.subscribe('feed', {})
  leaveFirst()
  leaveSecond()
  expect(last().sent.slice(1)).toEqual([
    { t: 'sub', topic: 'feed' },
    { t: 'unsub', topic: 'feed' },
  ])
})

test('nonsense from the wire changes nothing', async () => {
  const room = recorder()
  const { last } = await openRoom(room.listener)
  for (const nonsense of [{}, [], ['@'], ['@', 'sub', 1], ['live:1', epoch, '1', [], []], 'x']) {
    last().say(nonsense)
  }
  last().say(['live:2', epoch, 1, ['other'], ['other']])
  expect(room).toMatchObject({ ordered: [], social: [], resyncs: [], errors: [] })
})

test('the client runs in a JavaScript context without a DOM, timers or Node', async () => {
  const { build } = await import('vite')
  const entry = fileURLToPath(new URL('realtime.ts', import.meta.url))
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, lib: { entry, formats: ['iife'], name: 'kaibo' } },
  })
  const [bundle] = [built].flat()
  const code = bundle && 'output' in bundle ? bundle.output[0].code : ''
  const context = createContext({})
  runInContext(code, context)
  const states = runInContext(
    `const states = []
    const realtime = kaibo.createRealtime({
      url: 'wss://shop.example/live',
      connect: () => { throw new Error('no network') },
      getTicket: async () => 'x',
      after: () => () => {},
    })
    realtime.onState(state => states.push(state))
    realtime.subscribe('feed', {})
    states`,
    context,
  )
  await turn()
  expect([...states]).toEqual(['connecting', 'waiting'])
})
