import { systemClock as clock } from '@kaibo/kernel/clock'
import { createMemoryFanout } from '@kaibo/providers/fanout-memory'
import { createGateway } from '@kaibo/realtime/gateway'
import { createHub } from '@kaibo/realtime/hub'
import { createTickets } from '@kaibo/realtime/ticket'
import { webSocketWire } from '@kaibo/realtime/wire'
import type { Peer } from './peer.ts'
import { acceptUpgrades } from './upgrades.ts'

const topic = 'live:1'
const ticketCount = 12_000
/** Limits that stand for one address and for what people can read are lifted: the load is one machine. */
const many = 1_000_000

/** The gateway with everything on; `KAIBO_BENCH_TICK_MS` fixes the tick of the room. */
export async function open(): Promise<Peer> {
  const tickMs = Number(process.env.KAIBO_BENCH_TICK_MS ?? 100)
  const hub = createHub({
    bus: createMemoryFanout({ clock }),
    clock,
    limits: { socialPerSecMax: many, socialBurstMax: 10_000, mediumRoomTickMs: tickMs },
  })
  const tickets = createTickets({ secret: Buffer.alloc(32, 1), clock, ttlSec: 3_600 })
  const gateway = createGateway({
    hub,
    clock,
    tickets,
    allowOrigin: () => true,
    authorizeTopic: () => true,
    mayCount: () => true,
    limits: {
      handshakesPerSecMax: many,
      addressHandshakesPerSec: many,
      addressHandshakesBurst: many,
      addressConnectionsMax: many,
    },
  })
  const port = await acceptUpgrades((socket, client, request) => {
    const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(/\s*,\s*/)
    const admission = gateway.admit({ address: '127.0.0.1', origin: undefined, protocols })
    if (!admission.admitted) return client.close(1008)
    const { identity } = admission
    const session = gateway.handleOpened(
      {
        wire: webSocketWire,
        get writableLength() {
          return socket.writableLength
        },
        write: bytes => void socket.write(bytes),
        close(code, reason) {
          client.close(code, reason)
          setTimeout(() => socket.destroy(), 2_000).unref()
        },
      },
      { identity, address: '127.0.0.1' },
    )
    client.on('message', (data, isBinary) =>
      session.handleMessage(isBinary ? undefined : String(data)),
    )
    client.on('pong', () => session.handlePong())
    client.on('error', () => client.terminate())
    client.on('close', () => session.handleClose())
    socket.on('drain', () => session.handleDrain())
  })
  return {
    port,
    tickets: Array.from({ length: ticketCount }, (_, n) =>
      tickets.issueTicket({ id: `viewer-${n}`, kind: 'device', roles: [] }),
    ),
    publish(item, lane) {
      if (lane === 'ordered' || (lane === 'mixed' && item.n % 50 === 0)) {
        void hub.publishOrdered(topic, item)
      } else hub.publishSocial(topic, item, { echoTo: `viewer-${item.n}` })
      if (lane === 'mixed' && item.n % 10 === 0) {
        hub.publishLatest(topic, 'hearts', { t: 'live.hearts', total: item.n })
        const { identityCount: count } = hub.presence(topic)
        hub.publishLatest(topic, 'online', { t: 'live.online', count })
      }
    },
    facts: () => ({ ...hub.stats(), ...gateway.stats() }),
  }
}
