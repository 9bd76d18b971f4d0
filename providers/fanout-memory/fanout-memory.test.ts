import { systemClock as clock } from '@kaibo/kernel/clock'
import { fanoutBusSuite } from '@kaibo/testkit/fanout/bus-suite'
import { expect, test } from 'vitest'
import { createMemoryFanout } from './index.ts'

fanoutBusSuite(async () => [createMemoryFanout({ clock })])

test('a topic that everybody left begins a new epoch', () => {
  const bus = createMemoryFanout({ clock })
  const first = bus.open('live:1')
  const shared = bus.open('live:1')
  bus.close('live:1')
  expect(bus.open('live:1')).toEqual(shared)
  bus.close('live:1')
  bus.close('live:1')
  expect(bus.open('live:1')).not.toEqual(first)
})
