import { setTimeout as delay } from 'node:timers/promises'
import { createRealtime } from '@kaibo/client/realtime'
import { WebSocket } from 'ws'

/** Viewers with the real client that can stop reading, and count what the ordered lane brought. */
export type Resumed = {
  /** Ordered items that never came, or came twice or out of turn. */
  readonly lostCount: number
  /** Times that a client had to fetch a snapshot because catching up was impossible. */
  readonly resyncCount: number
}

type Order = { pipe: string; tickets: string[]; count: number } | 'stall' | 'resume'

const resumeMsMax = 15_000
const clients: ReturnType<typeof start>[] = []

function start(pipe: string, takeTicket: () => string) {
  const state = { firstOseq: 0, lastOseq: 0, arrivedCount: 0, resyncCount: 0 }
  let socket: WebSocket | undefined
  const realtime = createRealtime({
    url: `ws+unix://${pipe}:/realtime`,
    getTicket: async () => takeTicket(),
    connect(url, protocols) {
      const opened = new WebSocket(url, [...protocols], { perMessageDeflate: false })
      socket = opened
      opened.on('error', () => {})
      return {
        send: text => opened.send(text),
        close: () => opened.terminate(),
        onOpen: handler => void opened.on('open', handler),
        onMessage: handler => void opened.on('message', data => handler(String(data))),
        onClose: handler => void opened.on('close', handler),
      }
    },
  })
  realtime.subscribe('live:1', {
    onOrdered(_item, oseq) {
      state.firstOseq ||= oseq
      state.lastOseq = oseq
      state.arrivedCount++
    },
    async onResync() {
      state.resyncCount++
      return undefined
    },
  })
  return {
    state,
    realtime,
    pause: () => socket?.pause(),
    resume: () => socket?.resume(),
  }
}

/** Waits until every client stands where the furthest does, and has been there for a while. */
async function caughtUp(): Promise<void> {
  let stillSince = Date.now()
  let before = ''
  for (const untilMs = Date.now() + resumeMsMax; Date.now() < untilMs; await delay(100)) {
    const now = clients.map(({ state }) => state.lastOseq).join()
    if (now !== before) stillSince = Date.now()
    before = now
    const isEven = new Set(clients.map(({ state }) => state.lastOseq)).size === 1
    if (isEven && Date.now() - stillSince > 1_000) return
  }
}

function count(): Resumed {
  const newest = Math.max(...clients.map(({ state }) => state.lastOseq))
  const lost = clients.map(({ state }) =>
    Math.abs(newest - state.firstOseq + 1 - state.arrivedCount),
  )
  // The first snapshot belongs to joining.
  const resyncs = clients.map(({ state }) => state.resyncCount - 1)
  for (const { state } of clients) Object.assign(state, { resyncCount: 1 })
  const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0)
  return { lostCount: sum(lost), resyncCount: sum(resyncs) }
}

process.on('message', async (order: Order) => {
  if (order === 'stall') {
    for (const client of clients) client.pause()
  } else if (order === 'resume') {
    for (const client of clients) client.resume()
    await caughtUp()
    process.send?.(count())
    return
  } else {
    const { tickets, pipe } = order
    for (let n = 0; n < order.count; n++) clients.push(start(pipe, () => tickets.pop() ?? ''))
    while (clients.some(({ state }) => state.resyncCount === 0)) await delay(20)
  }
  process.send?.('done')
})

// The bench is gone: so are we.
process.on('disconnect', () => process.exit(0))
