import { expect, test } from 'vitest'
import { createLossMeter, type Received } from './loss.ts'

/** Looks twice a second at a stream of 100 packets a second, of which `second` tells the fate. */
function watch(second: (sec: number) => Partial<Received>, { forSec }: { forSec: number }) {
  const isNarrow = createLossMeter()
  let total: Received = { packets: 0, lost: 0, freezes: 0, frozenSec: 0 }
  return Array.from({ length: forSec * 2 }, (_, half) => {
    const { lost = 0, freezes = 0, frozenSec = 0 } = second(Math.floor(half / 2))
    total = {
      packets: total.packets + 50 - lost / 2,
      lost: total.lost + lost / 2,
      freezes: total.freezes + freezes / 2,
      frozenSec: total.frozenSec + frozenSec / 2,
    }
    return isNarrow(total, half * 500)
  }).includes(true)
}

test('a line that loses two packets of a hundred carries the stream', () => {
  expect(watch(() => ({ lost: 2 }), { forSec: 60 })).toBe(false)
})

test('a line that loses every tenth packet is found out within seconds', () => {
  expect(watch(() => ({ lost: 10 }), { forSec: 6 })).toBe(true)
})

test('one bad moment is none that lasts', () => {
  expect(watch(sec => (sec === 20 ? { lost: 20 } : {}), { forSec: 40 })).toBe(false)
})

test('a host who pauses for three seconds says nothing about the line', () => {
  const pause = { freezes: 1, frozenSec: 3 }
  expect(watch(sec => (sec === 20 ? pause : {}), { forSec: 40 })).toBe(false)
})

test('a picture that stands half of the time does not suit, though nothing is lost', () => {
  expect(watch(() => ({ freezes: 1, frozenSec: 0.5 }), { forSec: 6 })).toBe(true)
})
