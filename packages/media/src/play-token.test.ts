import { expect, test } from 'vitest'
import { signPlay, verifyPlay } from './play-token.ts'

const SECRET = 'a shared secret'
const token = signPlay(SECRET, { streamId: 'show', expSec: 1_700_000_000 })

test('a token opens its own stream until its time', () => {
  expect(verifyPlay(SECRET, { streamId: 'show', token, nowSec: 1_699_999_999 })).toBe('ok')
  expect(verifyPlay(SECRET, { streamId: 'show', token, nowSec: 1_700_000_001 })).toBe('expired')
})

test.each([
  ['another stream', 'other', token],
  ['a later time', 'show', token.replace('1700000000', '1800000000')],
  ['nothing', 'show', ''],
  ['no signature', 'show', '1700000000'],
  [
    'a signature of another secret',
    'show',
    signPlay('x', { streamId: 'show', expSec: 1_700_000_000 }),
  ],
])('a token for %s is forged', (_, streamId, given) => {
  expect(verifyPlay(SECRET, { streamId, token: given, nowSec: 0 })).toBe('forged')
})
