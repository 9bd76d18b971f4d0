import { expect, test } from 'vitest'
import { rangeOf } from './send-bytes.ts'

test.each([
  ['bytes=0-99', { from: 0, to: 99 }],
  ['bytes=900-', { from: 900, to: 999 }],
  ['bytes=900-5000', { from: 900, to: 999 }],
  ['bytes=-100', { from: 900, to: 999 }],
  ['bytes=-5000', { from: 0, to: 999 }],
  ['bytes=2000-', { from: 2_000, to: 999 }],
])('of a thousand bytes, %s is a part', (header, part) => {
  expect(rangeOf(header, 1_000)).toEqual(part)
})

test.each([undefined, '', 'bytes=-', 'bytes=0-1,5-9', 'items=0-9', 'bytes=x-9'])(
  '%s asks for all of it',
  header => {
    expect(rangeOf(header, 1_000)).toBeNull()
  },
)
