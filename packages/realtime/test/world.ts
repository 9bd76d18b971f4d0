import { setImmediate as turn } from 'node:timers/promises'
import { createRealtime, type Position, type Realtime } from '@kaibo/client/realtime'
import { systemClock } from '@kaibo/kernel/clock'
import type { Delivery, FanoutBus } from '../src/bus.ts'
import { createGateway } from '../src/gateway.ts'
import { createHub } from '../src/hub.ts'
import { decodeFrames, device, turns } from './support.ts'

/** A bus whose owner of the numbers can fail over to a new epoch, as a shared one may. */
function createFailingBus() {
  const handlers = new Set<(delivery: Delivery) => void>()
  const topics = new Map<string, { epoch: string; oseq: number }>()
  const at = (topic: string) => {
    const known = topics.get(topic) ?? { epoch: 'e0', oseq: 0 }
    topics.set(topic, known)
    return known
  }
  const bus: FanoutBus = {
    isShared: false,
    publish(topic, message) {
      if (message.lane !== 'ordered') return
      const numbered = at(topic)
      numbered.oseq++
      for (const handler of handlers) handler({ ...message, ...numbered, topic, atMs: Date.now() })
    },
    open: async topic => {
      await turn()
      return { ...at(topic), recent: [] }
    },
    close: () => undefined,
    position: topic => ({ ...at(topic) }),
    subscribe: handler => {
      handlers.add(handler)
      return () => handlers.delete(handler)
    },
  }
  return {
    bus,
    failOver(topic: string) {
      topics.set(topic, { epoch: `${at(topic).epoch}x`, oseq: 0 })
    },
  }
}

/** A server with its truth per topic, and clients that mirror it over networks that the test breaks. */
export function createWorld(topicNames: readonly string[]) {
  const { bus, failOver } = createFailingBus()
  const clock = systemClock
  const hub = createHub({ bus, clock, limits: { ringItemsMax: 6 } })
  const gateway = createGateway({
    hub,
    clock,
    redeem: ticket => ({ ok: true, identity: device(ticket) }),
    allowOrigin: () => true,
    authorizeTopic: async () => true,
    countKeys: [],
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
    get writableLength() {
      return queuedBytes
    },
    write: (bytes: Buffer) => void inFlight.push(...decodeFrames(bytes)),
    close: () => queueMicrotask(cut),
  }
  const session = gateway.handleUpgraded(socket, device(id))
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

export type World = ReturnType<typeof createWorld>
export type Client = ReturnType<typeof addClient>

/** Lets everything that is under way arrive. */
export async function settle(clients: readonly Client[]): Promise<void> {
  for (let round = 0; round < 12; round++) {
    for (const client of clients) {
      client.reconnect()
      client.open()
      client.deliver(1_000)
    }
    await turns(4)
  }
}
