import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type FlvTag, readTags, tagType } from '@kaibo/media/flv/tag'
import type { Hub } from '@kaibo/media/hub/hub'
import { makeFlashes, makeOpusTones, soundOffsetsMs } from '@kaibo/media/testing/flash'
import { createTestHub, startIngest, until } from '@kaibo/media/testing/ingest'
import { publishRtc } from '@kaibo/media/testing/rtc-publisher'
import pino from 'pino'
import { afterEach, expect, test, vi } from 'vitest'
import { createMediaHttp } from '../http.ts'
import { createPublishGate } from './gate.ts'
import { createWhipPart } from './whip-part.ts'

/** Nothing waits this long but where it would fail anyway. */
const DEADLINE_MS = 60_000
vi.setConfig({ testTimeout: 5 * DEADLINE_MS })
/** Enough for three flashes whole. */
const WATCHED_MS = 6_500
const OFFSET_MAX_MS = 200

const film = makeFlashes()
const exits: (() => unknown)[] = []
afterEach(async () => {
  for (const exit of exits.splice(0).reverse()) await exit()
})

/** A viewer who stays, whatever becomes of the publisher. */
const watch = (hub: Hub) => {
  const pieces: Buffer[] = []
  hub.find('show')?.flv.join({
    write: bytes => pieces.push(bytes),
    end: () => {},
    destroy: () => {},
    writableLength: 0,
  })
  return () => (pieces.length > 0 ? [...readTags(Buffer.concat(pieces))] : [])
}

const isHeader = ({ type, payload }: FlvTag) => type !== tagType.script && payload[1] === 0

/** What came after so many tags, as a film of its own: headers, and from a key frame on. */
const filmAfter = (tags: readonly FlvTag[], count: number): FlvTag[] => {
  const later = tags.slice(count).filter(tag => !isHeader(tag))
  const from = later.findIndex(({ type, payload }) => type === tagType.video && payload[0] === 0x17)
  return from < 0 ? [] : [...tags.filter(isHeader), ...later.slice(from)]
}

const spanMs = (tags: readonly FlvTag[]): number => {
  const frames = tags.filter(tag => tag.type === tagType.video && !isHeader(tag))
  return (frames.at(-1)?.timestampMs ?? 0) - (frames[0]?.timestampMs ?? 0)
}

/** Until enough came to measure by; tells how far each tone is from its flash. */
const offsetsAfter = async (seen: () => FlvTag[], count: number): Promise<number[]> => {
  await until(() => spanMs(filmAfter(seen(), count)) > WATCHED_MS, DEADLINE_MS)
  return soundOffsetsMs(filmAfter(seen(), count))
}

/** Sound and picture before a drop and after it, as one viewer has them. */
const expectTogether = async (
  hub: Hub,
  publisher: { drop(): Promise<unknown>; comeBack(): Promise<unknown> },
): Promise<void> => {
  await until(() => hub.find('show')?.state === 'live', DEADLINE_MS)
  const seen = watch(hub)
  const before = await offsetsAfter(seen, 0)
  await publisher.drop()
  const count = seen().length
  await publisher.comeBack()
  const after = await offsetsAfter(seen, count)
  for (const offsets of [before, after]) {
    expect(offsets.length).toBeGreaterThan(1)
    for (const offsetMs of offsets) expect(Math.abs(offsetMs)).toBeLessThan(OFFSET_MAX_MS)
  }
}

test('publisher killed: an encoder that comes back has sound and picture together, for who stayed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kaibo-flash-'))
  exits.push(() => rm(folder, { recursive: true }))
  const file = join(folder, 'flashes.flv')
  await writeFile(file, film)
  const ingest = await startIngest({ graceMs: DEADLINE_MS })
  exits.push(ingest.close)
  const publish = () => {
    const args = ['-v', 'error', '-re', '-i', file, '-c', 'copy', '-f', 'flv']
    const encoder = spawn('ffmpeg', [...args, ingest.url('key-show')], { stdio: 'ignore' })
    exits.push(() => encoder.kill('SIGKILL'))
    return encoder
  }
  const first = publish()
  await expectTogether(ingest.hub, {
    async drop() {
      first.kill('SIGKILL')
      await once(first, 'exit')
      await until(() => ingest.hub.find('show')?.state === 'away', DEADLINE_MS)
    },
    comeBack: async () => publish(),
  })
  expect(ingest.events.map(({ type }) => type)).toEqual(['publish_start', 'publish_end', 'resume'])
})

test('network lost: a browser that comes back has sound and picture together, for who stayed', async () => {
  const { hub, events } = createTestHub(DEADLINE_MS)
  const whip = createWhipPart({
    hub,
    gate: createPublishGate(async () => ({ ok: true, streamId: 'show' })),
    settings: { udpPorts: undefined, publicAddress: undefined },
    iceLinks: () => undefined,
    onRefused: () => {},
  })
  const server = createMediaHttp(
    { routes: whip.routes ?? [], sockets: [] },
    pino({ enabled: false }),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  exits.push(
    () => server.close(),
    () => whip.stop?.(),
  )
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/whip`
  const [tags, sound] = [[...readTags(film)], makeOpusTones()]
  const publish = async () => {
    const publisher = await publishRtc({ url, key: 'key-show', tags, sound })
    exits.push(publisher.stop)
    return publisher
  }
  const first = await publish()
  await expectTogether(hub, {
    // Silent, and not hung up.
    drop: () => first.stop(),
    async comeBack() {
      // Refused while the first may still be alive.
      while (!(await publish().catch(() => undefined))) await sleep(200)
    },
  })
  expect(events.map(({ type }) => type)).toEqual(['publish_start', 'publish_end', 'resume'])
})
