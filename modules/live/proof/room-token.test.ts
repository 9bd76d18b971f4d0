import { randomBytes } from 'node:crypto'
import { manualClock, minuteMs } from '@kaibo/kernel/clock'
import { newId } from '@kaibo/kernel/ids'
import { expect, test } from 'vitest'
import { createRoomTokens } from './room-token.ts'

const clock = manualClock(new Date('2026-11-22T04:00:00Z'))
const tokens = createRoomTokens({ secret: randomBytes(32), clock })
const ann = { liveId: newId(), shopId: newId(), userId: newId() }

test('a room token is good for its person, its room and its shop, and for nobody else', () => {
  const { roomToken } = tokens.issue(ann)
  expect(tokens.isValid(roomToken, ann)).toBe(true)
  for (const field of ['liveId', 'shopId', 'userId'])
    expect(tokens.isValid(roomToken, { ...ann, [field]: newId() }), field).toBe(false)
})

test('a room token is over after ten minutes, and its end cannot be moved', () => {
  const { roomToken } = tokens.issue(ann)
  const [expSec = '', mac = ''] = roomToken.split('.')
  clock.advanceMs(10 * minuteMs)
  expect(tokens.isValid(roomToken, ann)).toBe(false)
  expect(tokens.isValid(`${Number(expSec) + 600}.${mac}`, ann)).toBe(false)
})

test.each(['', '.', 'x', '9999999999.', '9999999999.AAAA', 'NaN.NaN', '1.2.3'])(
  'what is no token proves nothing: %j',
  text => expect(tokens.isValid(text, ann)).toBe(false),
)
