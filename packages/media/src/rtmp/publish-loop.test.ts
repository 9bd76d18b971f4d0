import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { readTags, tagType } from '../flv/tag.ts'
import { makeClip } from '../testing/clip.ts'
import { startIngest, until } from '../testing/ingest.ts'
import { publishFlvLoop } from './publish-loop.ts'

test('a clip plays on and on in real time, and comes back after the server was away', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kaibo-loop-'))
  const file = join(folder, 'clip.flv')
  await writeFile(file, makeClip({ seconds: 1 }))
  const ingest = await startIngest()
  const stop = new AbortController()
  const states: string[] = []
  const loop = publishFlvLoop({
    url: ingest.url('key-demo'),
    file,
    signal: stop.signal,
    onState: (state, reason) => states.push(reason === undefined ? state : `${state}: ${reason}`),
  })
  const received: Buffer[] = []
  await until(() => ingest.hub.find('demo') !== undefined)
  ingest.hub.find('demo')?.flv.join({
    write: bytes => received.push(bytes),
    end: () => {},
    destroy: () => {},
    writableLength: 0,
  })
  const beganMs = performance.now()
  await sleep(2_500)
  const seconds = (performance.now() - beganMs) / 1_000
  const pictures = [...readTags(Buffer.concat(received))].filter(
    ({ type, payload }) => type === tagType.video && payload[1] === 1,
  )
  const steps = pictures
    .slice(1)
    .map(({ timestampMs }, at) => timestampMs - (pictures[at]?.timestampMs ?? 0))
  expect(pictures.length / seconds).toBeGreaterThan(24)
  expect(pictures.length / seconds).toBeLessThan(34)
  expect(Math.max(...steps)).toBeLessThanOrEqual(35)
  expect(Math.min(...steps)).toBeGreaterThanOrEqual(32)
  ingest.hub.end('demo', 'kicked')
  await until(() => states.filter(state => state === 'publishing').length === 2)
  stop.abort()
  await loop
  expect(states.join()).not.toContain('key-demo')
  await ingest.close()
  await rm(folder, { recursive: true })
})
