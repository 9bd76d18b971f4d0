import { manualClock } from '@kaibo/kernel/clock'
import { expect, test } from 'vitest'
import { headerNames, isSignedBy, keyPairOf, signHeaders, skewMsMax } from './signature.ts'

const [bank, merchant] = [keyPairOf(Buffer.alloc(32, 1)), keyPairOf(Buffer.alloc(32, 2))]
const clock = manualClock(new Date('2026-11-22T02:00:00Z'))
const body = Buffer.from('{"amountFen":6800}')
const headers = signHeaders(bank.privateKey, body, clock.now())
const isTrue = (changes: Partial<Parameters<typeof isSignedBy>[1]> = {}, key = bank.publicKey) =>
  isSignedBy(key, { headers, body, now: clock.now(), ...changes })

test('a message is believed as it was signed and not otherwise', () => {
  expect(isTrue()).toBe(true)
  expect(isTrue({}, merchant.publicKey)).toBe(false)
  expect(isTrue({ body: Buffer.from('{"amountFen":1}') })).toBe(false)
  expect(isTrue({ headers: {} })).toBe(false)
  for (const name of Object.values(headerNames)) {
    for (const value of [undefined, '', 'x', '1', `0${headers[name]}`])
      expect(isTrue({ headers: { ...headers, [name]: value } }), `${name}: ${value}`).toBe(false)
  }
})

test('a message is good for five minutes, whoever is late', () => {
  const at = (ms: number) => isTrue({ now: new Date(clock.now().getTime() + ms) })
  expect([at(skewMsMax), at(-skewMsMax)]).toEqual([true, true])
  expect([at(skewMsMax + 1_000), at(-skewMsMax - 1_000)]).toEqual([false, false])
})
