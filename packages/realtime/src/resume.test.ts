import { setImmediate as turn } from 'node:timers/promises'
import { createRealtime, type Realtime } from '@kaibo/client/realtime'
import { systemClock } from '@kaibo/kernel/clock'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTestBus } from '../test/bus.ts'
import { decodeFrames, device, turns } from '../test/support.ts'
import type { Position } from './bus.ts'
import { createGateway } from './gateway.ts'
import { createHub } from './hub.ts'
import { webSocketWire } from './wire.ts'

const topicNames = ['live:1', 'live:2', 'user:ann']
const topic = fc.constantFrom(...topicNames)
const clientIndex = fc.nat(1)

/** What may happen in any order between a server and its clients. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('publish'), topic }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('turn'), count: fc.nat(4) }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('deliver'), clientIndex, count: fc.nat(5) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cut'), clientIndex }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('reconnect'), clientIndex }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('open'), clientIndex }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('stall'), clientIndex }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('failOver'), topic }) },
)

type Step = { kind: string; topic?: string; clientIndex?: number; count?: number }

test('whatever is cut, stalled or failed over, every client ends with the whole sequence once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async steps => {
      const world = createWorld(topicNames)
      const clients = [world.addClient('ann'), world.addClient('bob')]
      for (const each of steps) await take(each, world, clients)
      await settle(clients)
      // The last item shows a lost one that nothing would have followed.
      for (const name of topicNames) await world.publish(name)
      await settle(clients)
      for (const client of clients) expect(client.mirror).toEqual(world.truth)
      world.close()
    }),
    { numRuns: 300 },
  )
})

async function take(
  { kind, topic = '', clientIndex = 0, count = 0 }: Step,
  world: ReturnType<typeof createWorld>,
  clients: readonly Client[],
): Promise<void> {
  const client = clients[clientIndex]
  switch (kind) {
    case 'publish':
      return world.publish(topic)
    case 'failOver':
      return world.failOver(topic)
    case 'turn':
      return turns(count)
    case 'deliver':
      return client?.deliver(count)
    case 'cut':
      return client?.cut()
    case 'reconnect':
      return client?.reconnect()
    case 'open':
      return client?.open()
    case 'stall':
      return client?.stall()
  }
}

/** A server with its truth per topic, and clients that mirror it over networks that the test breaks. */
function createWorld(topicNames: readonly string[]) {
  const { bus, failOver } = createTestBus({ opensLate: true })
  const clock = systemClock
  const hub = createHub({ bus, clock, limits: { ringItemsMax: 6 } })
  const gateway = createGateway({
    hub,
    clock,
    tickets: { redeemTicket: () => ({ ok: false, reason: 'forged' }), noteSpent: () => {} },
    allowOrigin: () => true,
    authorizeTopic: async () => true,
    mayCount: () => false,
    limits: { framesPerSecMax: 10_000, framesBurstMax: 10_000 },
  })
  const truth = new Map(topicNames.map(name => [name, [] as string[]]))
  const snapshot = async (topic: string) => {
    // Both are of one moment: that what is applied twice does no harm is the application's part.
    const position = hub.position(topic)
    const items = [...(truth.get(topic) ?? [])]
    await turn()
    return { position: await position, items }
  }
  return {
    hub,
    truth,
    failOver,
    async publish(topic: string) {
      const list = truth.get(topic) ?? []
      const item = `${topic}#${list.length}`
      list.push(item)
      await hub.publishOrdered(topic, item)
    },
    addClient: (id: string) => addClient({ id, gateway, snapshot, topicNames }),
    close() {
      gateway.close()
      hub.close()
    },
  }
}

type ClientNeeds = {
  id: string
  gateway: ReturnType<typeof createGateway>
  snapshot(topic: string): Promise<{ position: Position | undefined; items: string[] }>
  topicNames: readonly string[]
}

function addClient({ id, gateway, snapshot, topicNames }: ClientNeeds) {
  const mirror = new Map(topicNames.map(name => [name, [] as string[]]))
  const timers = new Set<() => void>()
  let network: ReturnType<typeof createNetwork> | undefined
  const realtime: Realtime = createRealtime({
    url: 'wss://test',
    getTicket: async () => id,
    connect: () => {
      network = createNetwork(gateway, id)
      return network.channel
    },
    after(_, task) {
      timers.add(task)
      return () => timers.delete(task)
    },
  })
  for (const topic of topicNames) {
    realtime.subscribe(topic, {
      onOrdered: item => mirror.get(topic)?.push(String(item)),
      async onResync() {
        const { position, items } = await snapshot(topic)
        mirror.set(topic, items)
        return position
      },
    })
  }
  return {
    mirror,
    deliver: (count: number) => network?.deliver(count),
    cut: () => network?.cut(),
    stall: () => network?.stall(),
    /** Everything that waits for a timer while disconnected happens now. */
    reconnect() {
      if (realtime.state() === 'waiting') for (const task of [...timers]) task()
    },
    open: () => network?.open(),
    realtime,
  }
}

function createNetwork(gateway: ClientNeeds['gateway'], id: string) {
  const inFlight: string[] = []
  const on = { open: () => {}, message: (_: string) => {}, close: () => {} }
  let queuedBytes = 0
  let state: 'opening' | 'open' | 'gone' = 'opening'
  const cut = () => {
    if (state === 'gone') return
    state = 'gone'
    inFlight.length = 0
    session.handleClose()
    on.close()
  }
  const socket = {
    wire: webSocketWire,
    get writableLength() {
      return queuedBytes
    },
    write: (bytes: Buffer) => void inFlight.push(...decodeFrames(bytes)),
    close: () => queueMicrotask(cut),
  }
  const session = gateway.handleOpened(socket, { identity: device(id), address: '' })
  return {
    cut,
    stall() {
      queuedBytes = 1_000_000
    },
    open() {
      if (state !== 'opening') return
      state = 'open'
      on.open()
    },
    deliver(count: number) {
      for (const text of inFlight.splice(0, count)) if (state === 'open') on.message(text)
    },
    channel: {
      send: (text: string) => session.handleMessage(text),
      close: cut,
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

type Client = ReturnType<typeof addClient>

/** Lets everything that is under way arrive. */
async function settle(clients: readonly Client[]): Promise<void> {
  for (let round = 0; round < 12; round++) {
    for (const client of clients) {
      client.reconnect()
      client.open()
      client.deliver(1_000)
    }
    await turns(4)
  }
}
