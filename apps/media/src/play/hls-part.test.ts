import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { must } from '@kaibo/kernel/invariant'
import type { PacketConsumer } from '@kaibo/media/hub/packet'
import { createLadderSlots } from '@kaibo/media/ladder/slots'
import { makePackets } from '@kaibo/media/testing/clip'
import { expect, onTestFinished, test } from 'vitest'
import { createHlsPart } from './hls-part.ts'

const packets = makePackets({ seconds: 3 })

/** A whole stream at once. */
function feed(consumers: readonly PacketConsumer[] = []): void {
  for (const consumer of consumers) {
    for (const packet of packets) consumer.handlePacket(packet)
    consumer.end()
  }
}

/** The part behind a server, with a gate that lets everybody in. */
async function open() {
  const part = createHlsPart({
    hub: { find: () => undefined },
    gate: { admits: () => 'ok', admitsPoll: () => 'ok', pollerCount: () => 0 },
    slots: createLadderSlots({ slotsMax: 0, isCalm: () => true, isStrained: () => false }),
    ladderOf: () => undefined,
    onLadder: () => {},
  })
  const server = createServer((request, response) => {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '', 'http://here')
    const route = must(
      part.routes?.find(each => each.path.test(path)),
      'a route',
    )
    void route.handle({ request, response, path, query })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return { part, get: (path: string) => fetch(`http://127.0.0.1:${port}/live/show/${path}`) }
}

test('who is still at the end of a stream gets its files, though it has begun anew by now', async () => {
  const { part, get } = await open()
  feed(part.createConsumers?.('show'))
  const playlist = await (await get('index.m3u8')).text()
  const map = must(/EXT-X-MAP:URI="([^"]+)"/.exec(playlist)?.[1], 'a map')
  part.createConsumers?.('show')
  expect((await get(map)).status).toBe(200)
  expect((await get('guessed/m0.mp4')).status).toBe(404)
})
