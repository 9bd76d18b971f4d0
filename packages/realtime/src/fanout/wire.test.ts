import { expect, test } from 'vitest'
import { packLossy, parsePayload } from './wire.ts'

test('payloads stay below what the bus takes, and what can never fit is counted', () => {
  const messages = Array.from({ length: 50 }, (_, n) => ({
    lane: 'social' as const,
    topic: 'live:1',
    json: JSON.stringify('购'.repeat(n * 60)),
  }))
  const { payloads, lostCount } = packLossy(messages, { nodeId: 'node', payloadBytesMax: 7_900 })
  expect(payloads.every(payload => Buffer.byteLength(payload) <= 7_900)).toBe(true)
  const read = payloads.flatMap(payload => {
    const parsed = parsePayload(payload)
    return parsed?.kind === 'lossy' ? parsed.messages : []
  })
  expect(read).toEqual(messages.slice(0, 50 - lostCount))
  expect(lostCount).toBeGreaterThan(0)
  expect(lostCount).toBeLessThan(10)
})
