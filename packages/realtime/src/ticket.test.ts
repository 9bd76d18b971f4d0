import { manualClock } from '@kaibo/kernel/clock'
import { expect, test } from 'vitest'
import type { Identity } from './identity.ts'
import { createTickets } from './ticket.ts'

const ann: Identity = { id: 'ann', kind: 'user', roles: ['user', 'host'], sessionId: 's1' }
const secret = Buffer.alloc(32, 1)
const start = () => {
  const clock = manualClock(new Date('2026-01-01'))
  return { clock, tickets: createTickets({ secret, clock, ttlSec: 30, spentMax: 2 }) }
}

test('a ticket brings its identity across, once', () => {
  const { tickets } = start()
  const ticket = tickets.issueTicket(ann)
  expect(ticket).toMatch(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/)
  expect(tickets.redeemTicket(ticket)).toMatchObject({ ok: true, identity: ann })
  expect(tickets.redeemTicket(ticket)).toEqual({ ok: false, reason: 'replayed' })
})

test('a ticket is good for thirty seconds', () => {
  const { clock, tickets } = start()
  const ticket = tickets.issueTicket(ann)
  clock.advanceMs(30_000)
  expect(tickets.redeemTicket(ticket)).toEqual({ ok: false, reason: 'expired' })
})

test('nobody can write their own ticket', () => {
  const { clock, tickets } = start()
  const [payload = '', mac = ''] = tickets.issueTicket(ann).split('.')
  const richer = Buffer.from(payload, 'base64url').toString().replace('host', 'root')
  const forged = `${Buffer.from(richer).toString('base64url')}.${mac}`
  const other = createTickets({ secret: Buffer.alloc(32, 2), clock }).issueTicket(ann)
  for (const ticket of [forged, other, `${payload}.AAAA`]) {
    expect(tickets.redeemTicket(ticket)).toEqual({ ok: false, reason: 'forged' })
  }
  for (const ticket of ['', '.', 'x', `${payload}.${mac}.x`, `${payload}.`, 'a'.repeat(9_000)]) {
    expect(tickets.redeemTicket(ticket)).toEqual({ ok: false, reason: 'malformed' })
  }
})

test('when it cannot remember more spent tickets it lets nobody in until some expire', () => {
  const { clock, tickets } = start()
  for (let n = 0; n < 2; n++) expect(tickets.redeemTicket(tickets.issueTicket(ann)).ok).toBe(true)
  const third = tickets.issueTicket(ann)
  expect(tickets.redeemTicket(third)).toEqual({ ok: false, reason: 'overloaded' })
  clock.advanceMs(30_000)
  expect(tickets.redeemTicket(tickets.issueTicket(ann)).ok).toBe(true)
})
