import { manualClock } from '@kaibo/kernel/clock'
import { newId } from '@kaibo/kernel/ids'
import { expect, test } from 'vitest'
import { hashStreamKey } from '../rules.ts'
import { createPublishTickets } from './publish-ticket.ts'

const clock = manualClock(new Date('2026-11-25T02:00:00Z'))
const tickets = createPublishTickets({ secret: Buffer.alloc(32, 7), clock })
const keyHash = hashStreamKey('sk_one')

test('a ticket speaks for its session and its key, for a minute', () => {
  const id = newId()
  const { ticket, expiresAt } = tickets.issue({ id, keyHash })
  expect(expiresAt).toBe('2026-11-25T02:01:00.000Z')
  expect(tickets.read(ticket)?.liveId).toBe(id)
  expect(tickets.read(ticket)?.isGood(keyHash)).toBe(true)
  expect(tickets.read(ticket)?.isGood(hashStreamKey('sk_two'))).toBe(false)
  clock.advanceMs(61_000)
  expect(tickets.read(ticket)).toBeNull()
})

test('a ticket that was bent opens nothing', () => {
  const { ticket } = tickets.issue({ id: newId(), keyHash })
  const other = ticket.replace(/[0-9a-f-]{36}/, newId())
  const longer = ticket.replace(/\.\d{10}\./, '.9999999999.')
  const foreign = createPublishTickets({ secret: Buffer.alloc(32, 8), clock })
  for (const bent of [other, longer]) expect(tickets.read(bent)?.isGood(keyHash)).toBe(false)
  expect(foreign.read(ticket)?.isGood(keyHash)).toBe(false)
  for (const nonsense of ['', 'pt_', `sk_${'a'.repeat(32)}`, `${ticket}x`])
    expect(tickets.read(nonsense)).toBeNull()
})
