import { systemClock as clock } from '@kaibo/kernel/clock'
import type { FanoutBus } from '@kaibo/realtime/bus'
import { createHub, type Hub } from '@kaibo/realtime/hub'
import { webSocketWire as wire } from '@kaibo/realtime/wire'
import { expect, test } from 'vitest'
import { fanoutBusSuite, recordDeliveries, until } from './bus-suite.ts'

export type SharedBusSetup = {
  /** The bus of one more process, listening already. */
  join(): Promise<FanoutBus>
  /** Cuts every connection of every process; they come back by themselves. */
  cutOff(): Promise<void>
  /** Makes the shared place forget everything, as a crash may. */
  forget(): Promise<void>
}

const say = (bus: FanoutBus, item: unknown, topic = 'live:1') =>
  bus.publish(topic, { lane: 'ordered', json: JSON.stringify(item) })

/** Says it until it is taken: a publication that rejects may be repeated. */
export async function insist(bus: FanoutBus, item: unknown): Promise<void> {
  for (const untilMs = Date.now() + 20_000; ; await new Promise(done => setTimeout(done, 50))) {
    try {
      return await say(bus, item)
    } catch (error) {
      if (Date.now() > untilMs) throw error
    }
  }
}

/** What every bus that joins several processes must keep, besides {@link fanoutBusSuite}. */
export function sharedFanoutSuite({ join, cutOff, forget }: SharedBusSetup): void {
  const two = async () => [await join(), await join()] as const
  fanoutBusSuite(two)

  test('a process that lost its connection reads what it missed, in order and once', async () => {
    const [one, other] = await two()
    const heard = recordDeliveries(other)
    await one.open('live:1')
    await other.open('live:1')
    await say(one, 1)
    await until(() => heard.all.length === 1)
    await cutOff()
    for (let n = 2; n <= 20; n++) await insist(one, n)
    await until(() => heard.items('live:1').at(-1) === 20, 20_000)
    await insist(one, 21)
    await until(() => heard.items('live:1').at(-1) === 21)
    expect(distinct(heard.items('live:1'))).toEqual(Array.from({ length: 21 }, (_, n) => n + 1))
    const numbers = heard.ordered('live:1').map(([oseq]) => oseq)
    expect(numbers).toEqual(numbers.map((_, n) => n + 1))
  })

  test('when the numbers were lost, every follower is told to start over', async () => {
    const [one, other] = await two()
    const heard = recordDeliveries(other)
    const { epoch } = await other.open('live:1')
    await say(one, 'before')
    await until(() => heard.all.length === 1)
    await forget()
    await one.open('live:1')
    await insist(one, 'after')
    await until(() => heard.all.some(({ lane }) => lane === 'restart'), 20_000)
    const restart = heard.all.find(({ lane }) => lane === 'restart')
    expect(restart).not.toMatchObject({ epoch })
    await insist(other, 'next')
    await until(() => heard.items('live:1').includes('next'))
    expect(heard.items('live:1')[0]).toBe('before')
    expect(heard.items('live:1').at(-1)).toBe('next')
  })

  test('a process that comes later knows what was said lately', async () => {
    const [one, later] = await two()
    await one.open('live:1')
    for (const item of ['a', 'b']) await say(one, item)
    const opened = await later.open('live:1')
    expect(opened.oseq).toBe(2)
    expect(opened.recent.map(({ oseq, json }) => [oseq, json])).toEqual([
      [1, '"a"'],
      [2, '"b"'],
    ])
  })

  test('a client that moves to another process goes on where it stopped', async () => {
    const hubs = (await two()).map(bus => createHub({ bus, clock }))
    const [one, other] = [attach(hubs[0]), attach(hubs[1])]
    one.connection?.subscribe('live:1')
    await until(() => one.text().includes('"sub"'))
    const position = await hubs[0]?.position('live:1')
    for (const item of ['a', 'b', 'c']) await hubs[1]?.publishOrdered('live:1', item)
    await until(() => one.text().includes('"c"'))
    other.connection?.subscribe('live:1', { epoch: position?.epoch ?? '', oseq: 1 })
    await until(() => other.text().includes('"c"'))
    expect(other.text()).toContain(`["@","sub","live:1","${position?.epoch}",1]`)
    expect(other.text()).toContain(`["live:1","${position?.epoch}",2,["b","c"],[]]`)
    for (const hub of hubs) hub.close()
  })

  test('many publishers on many topics neither block each other nor lose a number', async () => {
    const [one, other] = await two()
    const heard = recordDeliveries(one)
    const topics = ['live:1', 'live:2', 'live:3']
    for (const topic of topics) await one.open(topic)
    const work = Array.from({ length: 300 }, (_, n) => say(n % 2 ? one : other, n, topics[n % 3]))
    await Promise.all(work)
    await until(() => heard.all.length === 300)
    for (const topic of topics) {
      const numbers = heard.ordered(topic).map(([oseq]) => oseq)
      expect(numbers).toEqual(Array.from({ length: 100 }, (_, n) => n + 1))
    }
  })
}

/** A publication whose answer was lost is repeated: what counts is that the order holds. */
const distinct = (items: readonly unknown[]) => [...new Set(items)]

function attach(hub: Hub | undefined) {
  const written: Buffer[] = []
  const write = (bytes: Buffer) => void written.push(bytes)
  const socket = { wire, writableLength: 0, write, close() {} }
  const identity = { id: 'ann', kind: 'device', roles: [] } as const
  return {
    connection: hub?.attach(socket, { identity }),
    text: () => Buffer.concat(written).toString(),
  }
}
