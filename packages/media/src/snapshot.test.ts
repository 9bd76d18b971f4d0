import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { flvHeader } from './flv/tag.ts'
import type { Hub } from './hub/hub.ts'
import { createSnapshot, decodePicture, type Snapshot } from './snapshot.ts'
import { ffmpegChildren } from './testing/children.ts'
import { type ClipOptions, makeTags } from './testing/clip.ts'
import { createTestHub } from './testing/ingest.ts'

/** A stream on a hub of its own, with the first second of a film. */
const startShow = (clip: ClipOptions) => {
  const { hub } = createTestHub()
  const sink = hub.attach('show', { cut: () => {} })
  if ('refused' in sink) throw new Error(sink.refused)
  const feed = (options: ClipOptions, fromMs: number, toMs: number) => {
    for (const { type, timestampMs, payload } of makeTags(options)) {
      const isHeader = payload[1] === 0 && timestampMs === 0
      const isWanted = isHeader ? fromMs === 0 : timestampMs >= fromMs && timestampMs < toMs
      if (isWanted) sink.handleMessage({ typeId: type, timestampMs, payload })
    }
  }
  feed(clip, 0, 1_000)
  return { hub, feed }
}

/** The picture that a decoder of its own makes of the newest key frame. */
const expectedOf = async (hub: Hub): Promise<Buffer> => {
  const flv = hub.find('show')?.flv
  const tags = [flv?.header('videoHeader')?.tag, flv?.gop.keyFrame?.tag]
  const file = [flvHeader({ audio: false, video: true }), ...tags.filter(tag => tag !== undefined)]
  return scanOf(await decodePicture(Readable.from(file))) ?? Buffer.alloc(0)
}

/** Asks until there is a newer picture than that. */
const after = async (snapshot: Snapshot, before: Buffer | undefined): Promise<Buffer> => {
  for (;;) {
    const jpeg = await snapshot('show')
    if (jpeg !== undefined && jpeg !== before) return jpeg
    await sleep(50)
  }
}

const until = async (condition: () => Promise<boolean>): Promise<void> => {
  while (!(await condition())) await sleep(20)
}

/** The picture itself, without the file's header. */
const scanOf = (jpeg: Buffer | undefined): Buffer | undefined =>
  jpeg?.subarray(jpeg.indexOf(Buffer.from([0xff, 0xda])))

const sizeOf = (jpeg: Buffer | undefined): number[] => {
  const frameAt = jpeg?.indexOf(Buffer.from([0xff, 0xc0])) ?? 0
  return [jpeg?.readUInt16BE(frameAt + 7) ?? 0, jpeg?.readUInt16BE(frameAt + 5) ?? 0]
}

test('the newest key frame becomes a JPEG 480 px wide', async () => {
  const { hub } = startShow({ seconds: 1, size: '640x360' })
  const snapshot = createSnapshot(hub)
  const jpeg = await snapshot('show')
  expect(jpeg?.subarray(0, 3).toString('hex')).toBe('ffd8ff')
  expect(sizeOf(jpeg)).toEqual([480, 270])
  expect(await snapshot('show')).toBe(jpeg)
})

test('a stream that is asked often keeps its decoder, and each picture is the newest', async () => {
  const clip = { seconds: 3, size: '640x360', bFrames: 2 }
  const { hub, feed } = startShow(clip)
  const snapshot = createSnapshot(hub, 5_000)
  const first = await snapshot('show')
  expect(scanOf(first)?.equals(await expectedOf(hub))).toBe(true)
  feed(clip, 1_000, 2_000)
  const second = await after(snapshot, first)
  expect(scanOf(second)?.equals(await expectedOf(hub))).toBe(true)
  const [decoder] = await ffmpegChildren()
  expect(decoder).toBeDefined()
  feed(clip, 2_000, 3_000)
  const third = await after(snapshot, second)
  expect(scanOf(third)?.equals(await expectedOf(hub))).toBe(true)
  expect(await ffmpegChildren()).toEqual([decoder])
  // Nobody asks any more.
  await until(async () => (await ffmpegChildren()).length === 0)
})

test('a decoder that was killed costs no picture, and pictures of a new size get one of their own', async () => {
  const clip = { seconds: 1, size: '640x360' }
  const { hub, feed } = startShow(clip)
  const snapshot = createSnapshot(hub, 5_000)
  const second = await after(snapshot, await snapshot('show'))
  const decoder = (await ffmpegChildren())[0] ?? Number.NaN
  process.kill(decoder, 'SIGKILL')
  await until(async () => !(await ffmpegChildren()).includes(decoder))
  const third = await after(snapshot, second)
  expect(scanOf(third)?.equals(await expectedOf(hub))).toBe(true)
  feed({ seconds: 1, size: '320x320' }, 0, 1_000)
  const fourth = await after(snapshot, third)
  expect(sizeOf(fourth)).toEqual([480, 480])
  expect(await ffmpegChildren()).toHaveLength(1)
  await until(async () => (await ffmpegChildren()).length === 0)
})

test('a stream that is not there has no picture', async () => {
  expect(await createSnapshot(createTestHub().hub)('nobody')).toBeUndefined()
})
