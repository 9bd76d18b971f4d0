import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { systemClock as clock } from '@kaibo/kernel/clock'
import { createMemoryFanout } from '@kaibo/providers/fanout-memory'
import { createGateway } from '@kaibo/realtime/gateway'
import { createHub } from '@kaibo/realtime/hub'
import { createTickets } from '@kaibo/realtime/ticket'
import { type WebSocket, WebSocketServer } from 'ws'

/** What is measured: ours by lane, or the loop that everybody writes first. */
export type Mode = 'ordered' | 'tick-50' | 'tick-100' | 'ws'

const [mode = 'ws', messageCountText = '', perSecText = ''] = process.argv.slice(2)
const messageCount = Number(messageCountText)
const perSec = Number(perSecText)
const filler = '这条弹幕二十个字左右真好看啊主播'.repeat(3)

const sockets = new Set<WebSocket>()
const secret = Buffer.alloc(32, 1)
const tickets = createTickets({ secret, clock, ttlSec: 60 })
const tickMs = mode === 'tick-100' ? 100 : 50
const hub = createHub({
  bus: createMemoryFanout({ clock }),
  clock,
  // The cap on danmaku is lifted, so that both sides deliver the same items.
  limits: {
    socialPerSecMax: 10_000,
    socialBurstMax: 10_000,
    smallRoomMax: 0,
    mediumRoomTickMs: tickMs,
  },
})
const gateway = createGateway({
  hub,
  clock,
  redeem: tickets.redeemTicket,
  allowOrigin: () => true,
  authorizeTopic: () => true,
  mayCount: () => false,
  limits: { addressHandshakesPerSec: 10_000, addressHandshakesBurst: 10_000 },
})

const server = createServer()
const handshaker = new WebSocketServer({
  noServer: true,
  perMessageDeflate: false,
  handleProtocols: () => 'kaibo.v1',
})
server.on('upgrade', (request, raw, head) => {
  const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(/\s*,\s*/)
  const admission =
    mode === 'ws' ? undefined : gateway.admit({ address: '', origin: undefined, protocols })
  handshaker.handleUpgrade(request, raw, head, client => {
    request.socket.setNoDelay(true)
    sockets.add(client)
    client.on('close', () => sockets.delete(client))
    if (!admission?.admitted) return
    const session = gateway.handleUpgraded(
      {
        get writableLength() {
          return request.socket.writableLength
        },
        write: bytes => void request.socket.write(bytes),
        close: code => client.close(code),
      },
      admission.identity,
    )
    client.on('message', text => session.handleMessage(String(text)))
    client.on('close', () => session.handleClose())
  })
})

const publish: Record<string, (item: { n: number; at: number; filler: string }) => void> = {
  ordered: item => void hub.publishOrdered('live:1', item),
  'tick-50': item => hub.publishSocial('live:1', item),
  'tick-100': item => hub.publishSocial('live:1', item),
  ws: item => {
    const text = JSON.stringify(item)
    for (const socket of sockets) socket.send(text)
  },
}

/** Publishes at an even rate and reports the processor time of this process. */
async function run(): Promise<void> {
  const before = process.cpuUsage()
  const startMs = Date.now()
  for (let n = 0; n < messageCount; n++) {
    const waitMs = startMs + (n * 1_000) / perSec - Date.now()
    if (waitMs > 0) await new Promise(resolve => setTimeout(resolve, waitMs))
    publish[mode]?.({ n, at: Date.now(), filler })
  }
  await new Promise(resolve => setTimeout(resolve, 400))
  const { user, system } = process.cpuUsage(before)
  process.send?.({ cpuUs: user + system })
}

process.on('message', () => void run())
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  const newTicket = (n: number) =>
    tickets.issueTicket({ id: `viewer-${n}`, kind: 'device', roles: [] })
  process.send?.({ port, tickets: Array.from({ length: 2_000 }, (_, n) => newTicket(n)) })
})
