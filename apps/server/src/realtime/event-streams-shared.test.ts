import { systemClock as clock, manualClock } from '@kaibo/kernel/clock'
import { createMemoryFanout } from '@kaibo/providers/fanout-memory'
import { createGateway } from '@kaibo/realtime/gateway'
import { createHub } from '@kaibo/realtime/hub'
import { createTickets } from '@kaibo/realtime/ticket'
import Fastify from 'fastify'
import { afterAll, expect, test } from 'vitest'
import { sendProblem } from '../http/problem.ts'
import { acceptEventStreams } from './event-streams.ts'

const bus = { ...createMemoryFanout({ clock }), isShared: true }
const tickets = createTickets({ secret: Buffer.alloc(32, 5), clock })
const closers: (() => unknown)[] = []
afterAll(async () => {
  for (const close of closers) await close()
})

/** One of several processes behind a balancer, with nothing but its event streams. */
async function startProcess(limitClock = clock): Promise<string> {
  const hub = createHub({ bus, clock })
  const gateway = createGateway({
    hub,
    clock,
    tickets,
    allowOrigin: () => true,
    authorizeTopic: () => true,
    mayCount: () => true,
  })
  const app = Fastify({ logger: false })
  app.setErrorHandler(sendProblem)
  const door = { gateway, addressOf: () => 'here', isOurPage: () => true }
  await acceptEventStreams(app, { ...door, nodes: hub.nodes, clock: limitClock })
  closers.push(gateway.close, hub.close, () => app.close())
  return `${await app.listen({ port: 0, host: '127.0.0.1' })}/realtime/events`
}

test('a command that reaches another process than the stream is passed on to it', async () => {
  const [here, there] = [await startProcess(), await startProcess()]
  const ticket = tickets.issueTicket({ id: 'ann', kind: 'user', roles: [] })
  const stream = await fetch(here, { headers: { 'kaibo-ticket': ticket } })
  const reader = stream.body?.getReader()
  const read = async () => new TextDecoder().decode((await reader?.read())?.value)
  const [, , id = ''] = JSON.parse((await read()).slice('data: '.length))
  const post = (streamId: string, commandCount = 1) =>
    fetch(there, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson', 'kaibo-stream': streamId },
      body: '{"t":"ping"}\n'.repeat(commandCount),
    })
  expect((await post(id)).status).toBe(204)
  expect(await read()).toBe('data: ["@","pong"]\n\n')
  expect((await post('')).status).toBe(404)
})

test('who invents streams is slowed down before the bus is', async () => {
  const there = await startProcess(manualClock(new Date('2026-01-01')))
  const statuses: number[] = []
  for (let n = 0; n < 14; n++) {
    const answer = await fetch(there, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson', 'kaibo-stream': `made-up-${n}` },
      body: '{"t":"ping"}\n'.repeat(16),
    })
    statuses.push(answer.status)
  }
  expect(statuses).toEqual([...Array(12).fill(204), 429, 429])
})
