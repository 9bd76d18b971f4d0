import { expect, test } from 'vitest'
import { addressBucket, codeMessage, codeOf, newcomerName } from './rules.ts'

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:aaaa::1', '2001:db8:1:2'],
  ['2001:0DB8:0001:0002:bbbb:0:0:9', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['', '0:0:0:0'],
])('a limit counts the address %s as %s', (ip, bucket) => {
  expect(addressBucket(ip)).toBe(bucket)
})

test('codes and newcomers keep their leading zeros', () => {
  expect(codeOf(42)).toBe('000042')
  expect(newcomerName(7)).toBe('开播用户0007')
})

test('the message tells the code in both languages and how long it works', () => {
  const message = codeMessage('012345')
  expect(message.match(/012345/g)).toHaveLength(2)
  expect(message).toMatch(/5 分钟/)
  expect(message).toMatch(/5 minutes/)
})
