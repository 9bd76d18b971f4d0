import { connect, type Socket } from 'node:net'
import { percentile } from '../lib/report.ts'

/** How to become a viewer of a peer. */
export type Visit = {
  readonly port: number
  readonly path: string
  /** Opens so many viewers; `tickets` are handed out in order when there are any. */
  readonly count: number
  readonly tickets: readonly string[]
  /** What is said after the handshake, and the text in the answer that means "you listen". */
  readonly hello: readonly string[]
  readonly readyText: string
  /** Whether the server wants signs of life: a pong now and then, asked for or not. */
  readonly isHeartbeating: boolean
}

export type Seen = {
  readonly deliveryCount: number
  readonly lostCount: number
  readonly latencyMsP50: number
  readonly latencyMsP99: number
}

/**
 * Many viewers in one process that costs as little as it can: raw sockets into one shared buffer,
 * where items are counted by their mark, whatever protocol surrounds them. One latency in 20 is kept.
 */
const mark = Buffer.from('"at":')
const timeBytes = 13
const latenciesMs: number[] = []
const viewers: { socket: Socket; itemCount: number; matched: number; isReady: boolean }[] = []
const into = Buffer.allocUnsafe(256 * 1024)
let sampled = 0

function count(viewer: (typeof viewers)[number], bytes: Buffer): void {
  let at = 0
  if (viewer.matched > 0) {
    const rest = mark.subarray(viewer.matched)
    if (bytes.subarray(0, rest.length).equals(rest)) viewer.itemCount++
  }
  for (;;) {
    const found = bytes.indexOf(mark, at)
    if (found < 0) break
    viewer.itemCount++
    at = found + mark.length
    if (++sampled % 20 === 0 && at + timeBytes <= bytes.length) {
      latenciesMs.push(Date.now() - Number(bytes.toString('latin1', at, at + timeBytes)))
    }
  }
  viewer.matched = 0
  for (let length = mark.length - 1; length > 0; length--) {
    if (bytes.length >= length && bytes.subarray(-length).equals(mark.subarray(0, length))) {
      viewer.matched = length
      break
    }
  }
}

const pongFrame = Buffer.from([0x8a, 0x80, 0, 0, 0, 0])
const pongMs = 10_000

/** A masked frame as a client must send it; a mask of zeros leaves the text as it is. */
function clientFrame(text: string): Buffer {
  const head = Buffer.alloc(text.length < 126 ? 6 : 8)
  head[0] = 0x81
  head[1] = 0x80 | Math.min(text.length, 126)
  if (text.length >= 126) head.writeUInt16BE(text.length, 2)
  return Buffer.concat([head, Buffer.from(text)])
}

const headersOf = ({ path, port }: Visit, ticket: string | undefined): string =>
  [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==',
    'Sec-WebSocket-Version: 13',
    ...(ticket === undefined ? [] : [`Sec-WebSocket-Protocol: kaibo.v1, ticket.${ticket}`]),
    '\r\n',
  ].join('\r\n')

function open(visit: Visit, ticket: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    let isSaid = false
    const socket = connect({
      port: visit.port,
      host: '127.0.0.1',
      onread: {
        buffer: into,
        callback(size) {
          const bytes = into.subarray(0, size)
          if (viewer.isReady) count(viewer, bytes)
          else greet(bytes.toString('latin1'))
          return true
        },
      },
    })
    const viewer = { socket, itemCount: 0, matched: 0, isReady: false }
    const greet = (text: string) => {
      if (!isSaid && !text.includes(' 101 ')) return reject(new Error(text.slice(0, 40)))
      if (!isSaid) for (const each of visit.hello) socket.write(clientFrame(each))
      isSaid = true
      if (!text.includes(visit.readyText)) return
      viewer.isReady = true
      resolve()
    }
    viewers.push(viewer)
    if (visit.isHeartbeating) setInterval(() => socket.write(pongFrame), pongMs).unref()
    socket.once('error', reject)
    socket.write(headersOf(visit, ticket))
  })
}

async function openAll(visit: Visit): Promise<void> {
  const atOnce = 50
  for (let done = 0; done < visit.count; done += atOnce) {
    const size = Math.min(atOnce, visit.count - done)
    await Promise.all(Array.from({ length: size }, (_, n) => open(visit, visit.tickets[done + n])))
  }
}

/** What arrived since the last report. */
function report(expectedPerViewer: number): Seen {
  const seen = {
    deliveryCount: viewers.reduce((sum, { itemCount }) => sum + itemCount, 0),
    lostCount: viewers.reduce((sum, each) => sum + Math.abs(expectedPerViewer - each.itemCount), 0),
    latencyMsP50: percentile(latenciesMs, 0.5),
    latencyMsP99: percentile(latenciesMs, 0.99),
  }
  for (const viewer of viewers) viewer.itemCount = 0
  latenciesMs.length = 0
  return seen
}

process.on('message', async (order: Visit | 'count' | { expectedPerViewer: number }) => {
  if (order === 'count') {
    process.send?.({ arrived: viewers.reduce((sum, { itemCount }) => sum + itemCount, 0) })
  } else if ('expectedPerViewer' in order) process.send?.(report(order.expectedPerViewer))
  else {
    await openAll(order)
    process.send?.('ready')
  }
})

// The bench is gone: so are we.
process.on('disconnect', () => process.exit(0))
