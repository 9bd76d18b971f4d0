import { setTimeout as sleep } from 'node:timers/promises'
import type { Delivery, FanoutBus } from '@kaibo/realtime/bus'
import { expect, test } from 'vitest'

/** What a bus brought, per lane. */
export function recordDeliveries(bus: FanoutBus) {
  const all: Delivery[] = []
  bus.subscribe(delivery => all.push(delivery))
  const ordered = (topic: string): [number, unknown][] =>
    all.flatMap(each =>
      each.lane === 'ordered' && each.topic === topic ? [[each.oseq, JSON.parse(each.json)]] : [],
    )
  return {
    all,
    ordered,
    /** The ordered items of a topic without their numbers. */
    items: (topic: string) => ordered(topic).map(([, item]) => item),
    lossy: (topic: string) =>
      all.flatMap(each =>
        each.topic === topic && each.lane !== 'ordered' && each.lane !== 'restart'
          ? [JSON.parse(each.json)]
          : [],
      ),
  }
}

/** Waits until `isTrue`, at most `withinMs`; the test's own expectation then says what is missing. */
export async function until(isTrue: () => boolean, withinMs = 5_000): Promise<void> {
  for (let waitedMs = 0; waitedMs < withinMs && !isTrue(); waitedMs += 20) await sleep(20)
}

const say = (bus: FanoutBus, topic: string, item: unknown) =>
  bus.publish(topic, { lane: 'ordered', json: JSON.stringify(item) })

/**
 * What every provider of the fan-out slot must keep. `open` gives the buses of one installation: one
 * per process that it can join, at least one.
 */
export function fanoutBusSuite(open: () => Promise<readonly [FanoutBus, ...FanoutBus[]]>): void {
  test('items are numbered from one, without gaps, in the order of publication', async () => {
    const [bus] = await open()
    const heard = recordDeliveries(bus)
    const start = await bus.open('suite:order')
    await Promise.all([1, 2, 3, 4, 5].map(item => say(bus, 'suite:order', item)))
    await until(() => heard.ordered('suite:order').length === 5)
    const expected = [1, 2, 3, 4, 5].map(item => [start.oseq + item, item])
    expect(heard.ordered('suite:order')).toEqual(expected)
    expect(await bus.position('suite:order')).toEqual({ epoch: start.epoch, oseq: start.oseq + 5 })
  })

  test('what nobody follows has no position and is forgotten', async () => {
    const [bus] = await open()
    const heard = recordDeliveries(bus)
    await say(bus, 'suite:nobody', 'lost')
    expect(await bus.position('suite:nobody')).toBeUndefined()
    const opened = await bus.open('suite:nobody')
    expect(opened).toMatchObject({ oseq: 0, recent: [] })
    expect(heard.ordered('suite:nobody')).toEqual([])
  })

  test('after leaving and coming back, a number is never used twice within an epoch', async () => {
    const [bus] = await open()
    const before = await bus.open('suite:again')
    await say(bus, 'suite:again', 'first')
    bus.close('suite:again')
    await say(bus, 'suite:again', 'unheard')
    const after = await bus.open('suite:again')
    expect(after.epoch !== before.epoch || after.oseq >= before.oseq + 1).toBe(true)
  })

  test('a long item in any script arrives whole', async () => {
    const [bus] = await open()
    const heard = recordDeliveries(bus)
    await bus.open('suite:long')
    const item = '直播🛒\n'.repeat(1_000)
    await say(bus, 'suite:long', item)
    await until(() => heard.ordered('suite:long').length === 1)
    expect(heard.ordered('suite:long')).toEqual([[1, item]])
  })

  test('every process hears every message once, and ordered ones in the same order', async () => {
    const buses = await open()
    const heard = buses.map(recordDeliveries)
    for (const bus of buses) await bus.open('suite:all')
    const publications = Array.from({ length: 60 }, (_, n) => {
      const bus = buses[n % buses.length] ?? buses[0]
      bus.publish('suite:all', { lane: 'social', json: JSON.stringify(n), echoTo: 'ann' })
      return say(bus, 'suite:all', n)
    })
    await Promise.all(publications)
    const isComplete = () =>
      heard.every(each => each.ordered('suite:all').length + each.lossy('suite:all').length >= 120)
    await until(isComplete)
    const numbers = Array.from({ length: 60 }, (_, n) => n)
    for (const each of heard) {
      expect(each.ordered('suite:all')).toEqual(heard[0]?.ordered('suite:all'))
      expect(each.ordered('suite:all').map(([oseq]) => oseq)).toEqual(numbers.map(n => n + 1))
      expect(
        each
          .ordered('suite:all')
          .map(([, n]) => Number(n))
          .toSorted((a, b) => a - b),
      ).toEqual(numbers)
      expect(each.lossy('suite:all').toSorted((a, b) => a - b)).toEqual(numbers)
    }
  })

  test('topics do not mix', async () => {
    const [bus] = await open()
    const heard = recordDeliveries(bus)
    await bus.open('suite:left')
    await bus.open('suite:right')
    await say(bus, 'suite:left', 'l')
    await say(bus, 'suite:right', 'r')
    await until(() => heard.all.length === 2)
    expect(heard.ordered('suite:left')).toEqual([[1, 'l']])
    expect(heard.ordered('suite:right')).toEqual([[1, 'r']])
  })
}
