import { expect, test } from 'vitest'
import { createSnapshot } from './snapshot.ts'
import { makeTags } from './testing/clip.ts'
import { createTestHub } from './testing/ingest.ts'

test('the newest key frame becomes a JPEG 480 px wide', async () => {
  const { hub } = createTestHub()
  const sink = hub.attach('show', { cut: () => {} })
  if ('refused' in sink) throw new Error(sink.refused)
  for (const { type, timestampMs, payload } of makeTags({ seconds: 1, size: '640x360' })) {
    sink.handleMessage({ typeId: type, timestampMs, payload })
  }
  const snapshot = createSnapshot(hub)
  const jpeg = await snapshot('show')
  expect(jpeg?.subarray(0, 3).toString('hex')).toBe('ffd8ff')
  const frameAt = jpeg?.indexOf(Buffer.from([0xff, 0xc0])) ?? 0
  expect([jpeg?.readUInt16BE(frameAt + 7), jpeg?.readUInt16BE(frameAt + 5)]).toEqual([480, 270])
  expect(await snapshot('show')).toBe(jpeg)
})

test('a stream that is not there has no picture', async () => {
  expect(await createSnapshot(createTestHub().hub)('nobody')).toBeUndefined()
})
