import { expect, test } from 'vitest'
import { instantOf, localText } from './local-time.ts'

test('an instant survives being shown in a field and read again', () => {
  const at = new Date('2026-11-22T12:05:00.000Z')
  expect(instantOf(localText(at))).toBe(at.toISOString())
})

test.each(['', 'tomorrow', '2026-13-40T99:99'])('%s is no instant', text => {
  expect(instantOf(text)).toBeNull()
})
