import { createInterface } from 'node:readline'
import type { Peer, PeerName } from './peers/peer.ts'

/** Runs one peer in this process (Node or Bun) and obeys lines on stdin: `{ count, perSec, lane }`. */
const openers: Readonly<Record<PeerName, () => Promise<{ open(): Promise<Peer> }>>> = {
  bare: () => import('./peers/bare.ts'),
  kaibo: () => import('./peers/kaibo.ts'),
  ws: () => import('./peers/ws-loop.ts'),
  'socket-io': () => import('./peers/socket-io.ts'),
  bun: () => import('./peers/bun.ts'),
  nats: async () => ({ open: (await import('./peers/brokers.ts')).openNats }),
  nchan: async () => ({ open: (await import('./peers/brokers.ts')).openNchan }),
}

/** About 200 bytes of JSON, like a comment. */
const filler = '这条弹幕二十个字左右真好看啊主播'.repeat(3)

const say = (fact: object) => process.stdout.write(`${JSON.stringify(fact)}\n`)

const name = process.argv[2]
const opener = Object.entries(openers).find(([known]) => known === name)?.[1]
if (!opener) throw new Error(`no peer ${name}`)
const { open } = await opener()
const peer = await open().catch((error: Error) => {
  say({ failed: error.message })
  process.exit(1)
})
let published = 0
const { port, pid = process.pid, pipe = '', tickets = [] } = peer
say({ port, pid, pipe, tickets })

for await (const line of createInterface({ input: process.stdin })) {
  const { count, perSec, lane } = JSON.parse(line)
  const startMs = performance.now()
  for (let n = 0; n < count; n++) {
    const waitMs = startMs + (n * 1_000) / perSec - performance.now()
    if (waitMs > 0.5) await new Promise(resolve => setTimeout(resolve, waitMs))
    peer.publish({ at: Date.now(), n: published++, filler }, lane)
  }
  say({ done: true, ...peer.facts?.() })
}

process.exit(0)
