import fc from 'fast-check'
import { expect, test } from 'vitest'
import { turns } from '../test/support.ts'
import { createWorld, settle } from '../test/world.ts'

const topicNames = ['live:1', 'live:2', 'user:ann']
const topic = fc.constantFrom(...topicNames)
const clientIndex = fc.nat(1)

/** What may happen in any order between a server and its clients. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('publish'), topic }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('turn'), count: fc.nat(4) }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('deliver'), clientIndex, count: fc.nat(5) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cut'), clientIndex }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('reconnect'), clientIndex }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('open'), clientIndex }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('stall'), clientIndex }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('failOver'), topic }) },
)

type Step = { kind: string; topic?: string; clientIndex?: number; count?: number }

test('whatever is cut, stalled or failed over, every client ends with the whole sequence once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async steps => {
      const world = createWorld(topicNames)
      const clients = [world.addClient('ann'), world.addClient('bob')]
      for (const each of steps) await take(each, world, clients)
      await settle(clients)
      // The last item shows a lost one that nothing would have followed.
      for (const name of topicNames) await world.publish(name)
      await settle(clients)
      for (const client of clients) expect(client.mirror).toEqual(world.truth)
      world.close()
    }),
    { numRuns: 300 },
  )
}, 60_000)

async function take(
  { kind, topic = '', clientIndex = 0, count = 0 }: Step,
  world: ReturnType<typeof createWorld>,
  clients: readonly ReturnType<typeof world.addClient>[],
): Promise<void> {
  const client = clients[clientIndex]
  switch (kind) {
    case 'publish':
      return world.publish(topic)
    case 'failOver':
      return world.failOver(topic)
    case 'turn':
      return turns(count)
    case 'deliver':
      return client?.deliver(count)
    case 'cut':
      return client?.cut()
    case 'reconnect':
      return client?.reconnect()
    case 'open':
      return client?.open()
    case 'stall':
      return client?.stall()
  }
}
