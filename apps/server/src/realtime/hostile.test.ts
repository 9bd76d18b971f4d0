import { once } from 'node:events'
import { createServer } from 'node:http'
import { systemClock as clock } from '@kaibo/kernel/clock'
import { createMemoryFanout } from '@kaibo/providers/fanout-memory'
import { createGateway } from '@kaibo/realtime/gateway'
import { createHub } from '@kaibo/realtime/hub'
import { createTickets } from '@kaibo/realtime/ticket'
import {
  expectedCloseCodes,
  frame,
  sayAlone,
  shakeHands,
  storm,
} from '@kaibo/testkit/hostile-sockets'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openSocket } from '../testing/sockets.ts'
import { acceptSockets, socketPath } from './socket-server.ts'

const hub = createHub({ bus: createMemoryFanout({ clock }), clock })
const tickets = createTickets({ secret: Buffer.alloc(32, 3), clock })
const server = createServer()
const many = 1_000_000
const gateway = createGateway({
  hub,
  clock,
  tickets,
  allowOrigin: () => true,
  authorizeTopic: (_identity, topic) => topic === 'live:1',
  mayCount: () => true,
  limits: { addressHandshakesPerSec: many, addressHandshakesBurst: many },
})
let port = 0

beforeAll(async () => {
  acceptSockets(server, { gateway, addressOf: () => 'here', isOurPage: () => true })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = Number(Object(server.address()).port)
})

afterAll(() => {
  gateway.close()
  hub.close()
  server.close()
})

const newTicket = () => tickets.issueTicket({ id: 'eve', kind: 'user', roles: [] })

test('a storm of hostile frames ends in documented close codes, and nobody else notices', async () => {
  const bystander = await openSocket(port, { ticket: newTicket() })
  await bystander.hear('live:1')
  const storming = storm({
    port,
    path: socketPath,
    seed: 4,
    attackerCount: 60,
    framesEach: 50,
    newTicket,
  })
  for (let n = 1; n <= 20; n++) {
    await hub.publishOrdered('live:1', { t: `item-${n}` })
    expect(await bystander.item('live:1', `item-${n}`)).toEqual({ t: `item-${n}` })
  }
  const { frameCount, endings } = await storming
  expect(frameCount).toBe(3_000)
  for (const code of endings.keys()) expect([0, ...expectedCloseCodes]).toContain(code)
  await vi.waitFor(() => expect(hub.stats().connectionCount).toBe(1), 5_000)
  expect(await bystander.item('user:bob', 'secret', 1)).toBeUndefined()
  bystander.close()
})

const ping = Buffer.from('{"t":"ping"}')
const pieces = (count: number) => [
  frame({ opcode: 1, body: Buffer.alloc(1_000, 'x'), isLast: false }),
  ...Array.from({ length: count }, () =>
    frame({ opcode: 0, body: Buffer.alloc(1_000, 'x'), isLast: false }),
  ),
]

test.each([
  ['an unmasked frame', frame({ opcode: 1, body: ping, isMasked: false }), 1002],
  ['a reserved bit', frame({ opcode: 1, body: ping, rsv: 4 }), 1002],
  ['a reserved opcode', frame({ opcode: 5, body: ping }), 1002],
  ['a continuation of nothing', frame({ opcode: 0, body: ping }), 1002],
  ['bytes that are no UTF-8', frame({ opcode: 1, body: Buffer.from([0xc3, 0x28]) }), 1007],
  ['a message of 5 kB', frame({ opcode: 1, body: Buffer.alloc(5_000, 'x') }), 1009],
  ['a message that grows in pieces', Buffer.concat(pieces(6)), 1009],
  ['a length of exabytes', Buffer.from([0x81, 0xff, 0x7f, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]), 1009],
  ['a flood of pings', Buffer.concat(Array(100).fill(frame({ opcode: 9, body: ping }))), 1008],
  ['a flood of pongs', Buffer.concat(Array(100).fill(frame({ opcode: 10, body: ping }))), 1008],
])('%s ends the connection with its code', async (_what, bytes, code) => {
  expect(await sayAlone({ port, path: socketPath, ticket: newTicket() }, bytes)).toBe(code)
})

test.each([
  ['forged', () => createTickets({ secret: Buffer.alloc(32, 4), clock })],
  ['expired', () => createTickets({ secret: Buffer.alloc(32, 3), clock, ttlSec: 0 })],
])('a ticket that is %s opens nothing', async (_what, createOther) => {
  const ticket = createOther().issueTicket({ id: 'eve', kind: 'user', roles: [] })
  const shaking = shakeHands({ port, path: socketPath }, `kaibo.v1, ticket.${ticket}`)
  await expect(shaking).rejects.toThrow('401')
})
