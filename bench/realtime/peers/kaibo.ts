import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { ListenOptions } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock as clock } from '@kaibo/kernel/clock'
import { createMemoryFanout } from '@kaibo/providers/fanout-memory'
import { createGateway } from '@kaibo/realtime/gateway'
import { createHub } from '@kaibo/realtime/hub'
import { createTickets } from '@kaibo/realtime/ticket'
import { acceptSockets } from '../../../apps/server/src/realtime/socket-server.ts'
import type { Peer } from './peer.ts'

const topic = 'live:1'
const ticketCount = 12_000
/** Limits that stand for one address and for what people can read are lifted: the load is one machine. */
const many = 1_000_000

/** The gateway with everything on; `KAIBO_BENCH_TICK_MS` fixes the tick of the room. */
export async function open(): Promise<Peer> {
  const fixed = process.env.KAIBO_BENCH_TICK_MS
  const hub = createHub({
    bus: createMemoryFanout({ clock }),
    clock,
    limits: {
      socialPerSecMax: many,
      socialBurstMax: 10_000,
      ...(fixed && { roomTickMsMax: Number(fixed) }),
    },
  })
  const tickets = createTickets({ secret: Buffer.alloc(32, 1), clock, ttlSec: 3_600 })
  const gateway = createGateway({
    hub,
    clock,
    tickets,
    allowOrigin: () => true,
    authorizeTopic: (_identity, name) => name === topic,
    mayCount: () => true,
    limits: {
      handshakesPerSecMax: many,
      addressHandshakesPerSec: many,
      addressHandshakesBurst: many,
      addressConnectionsMax: many,
    },
  })
  const listen = async (where: ListenOptions) => {
    const server = createServer()
    acceptSockets(server, { gateway, addressOf: () => '127.0.0.1', isOurPage: () => true })
    server.listen({ ...where, backlog: 4_096 })
    await once(server, 'listening')
    return server.address()
  }
  const pipe = join(tmpdir(), `kaibo-bench-${process.pid}.sock`)
  process.on('exit', () => rmSync(pipe, { force: true }))
  await listen({ path: pipe })
  const address = await listen({ port: 0, host: '127.0.0.1' })
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    pipe,
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
