import { expect, test } from 'vitest'
import { type FlvTag, readTags, tagType } from '../flv/tag.ts'
import { encodeAmf } from '../rtmp/amf0.ts'
import { messageType } from '../rtmp/message.ts'

import { makeTags } from '../testing/clip.ts'
import { createTestHub, until } from '../testing/ingest.ts'
import type { FlvOutput } from './flv-viewer.ts'
import type { Hub } from './hub.ts'
import type { Packet } from './packet.ts'
import type { PublishSink } from './publisher.ts'

const tags = makeTags({ seconds: 2 })
const otherTags = makeTags({ seconds: 2, size: '160x90' })

const attach = (hub: Hub, cuts: string[] = []): PublishSink => {
  const sink = hub.attach('show', {
    cut: reason => {
      cuts.push(reason)
      if ('handleGone' in sink) sink.handleGone(reason)
    },
  })
  if ('refused' in sink) throw new Error(sink.refused)
  return sink
}

const send = (sink: PublishSink, film: readonly FlvTag[]): void => {
  for (const { type, timestampMs, payload } of film) {
    sink.handleMessage({ typeId: type, timestampMs, payload })
  }
}

/** A viewer that keeps what it is sent, and reads only when told to. */
const createViewer = () => {
  const pieces: Buffer[] = []
  const seen = { isEnded: false, isDestroyed: false }
  const output: FlvOutput & { writableLength: number } = {
    writableLength: 0,
    write: bytes => pieces.push(bytes),
    end: () => {
      seen.isEnded = true
    },
    destroy: () => {
      seen.isDestroyed = true
    },
  }
  return { output, seen, pieces, tags: () => [...readTags(Buffer.concat(pieces))] }
}

const isPicture = ({ type, payload }: FlvTag) => type === tagType.video && payload[1] === 1
const isKeyFrame = (tag: FlvTag) => isPicture(tag) && tag.payload.readUInt8(0) >> 4 === 1
const isVideoHeader = ({ type, payload }: FlvTag) => type === tagType.video && payload[1] === 0

test('a late viewer starts at once, with headers and the newest key frame', () => {
  const { hub } = createTestHub()
  send(attach(hub), tags)
  const viewer = createViewer()
  hub.find('show')?.flv.join(viewer.output)
  const [script, header, sound, first] = viewer.tags()
  expect(script?.type).toBe(tagType.script)
  expect(header && isVideoHeader(header)).toBe(true)
  expect(sound?.type).toBe(tagType.audio)
  expect(first && isKeyFrame(first)).toBe(true)
  expect(first?.timestampMs).toBe(1_000)
})

test('a viewer who came before the first picture starts with it', () => {
  const { hub } = createTestHub()
  const sink = attach(hub)
  const viewer = createViewer()
  hub.find('show')?.flv.join(viewer.output)
  expect(viewer.pieces).toEqual([])
  send(sink, tags)
  expect(viewer.tags().filter(isPicture).length).toBe(60)
})

test('a publisher who comes back resumes the stream for viewers who stayed', () => {
  const { hub, events } = createTestHub()
  const first = attach(hub)
  const viewer = createViewer()
  hub.find('show')?.flv.join(viewer.output)
  send(first, tags)
  first.handleGone('disconnected')
  expect(hub.find('show')?.state).toBe('away')
  send(attach(hub), tags)
  const pictures = viewer.tags().filter(isPicture)
  const steps = pictures.map(
    ({ timestampMs }, at) => timestampMs - (pictures[at - 1]?.timestampMs ?? 0),
  )
  expect(pictures.length).toBe(120)
  expect(Math.min(...steps)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...steps)).toBeLessThan(150)
  expect(viewer.tags().filter(isVideoHeader).length).toBe(1)
  expect(viewer.seen.isEnded).toBe(false)
  expect(events.map(({ type }) => type)).toEqual(['publish_start', 'publish_end', 'resume'])
})

test('a publisher who comes back with another picture size sends the new header', () => {
  const { hub } = createTestHub()
  const first = attach(hub)
  const viewer = createViewer()
  hub.find('show')?.flv.join(viewer.output)
  send(first, tags)
  first.handleGone('disconnected')
  send(attach(hub), otherTags)
  expect(viewer.tags().filter(isVideoHeader).length).toBe(2)
})

test('a stream whose publisher stays away ends after the grace', async () => {
  const { hub, events } = createTestHub(50)
  const sink = attach(hub)
  send(sink, tags)
  const viewer = createViewer()
  hub.find('show')?.flv.join(viewer.output)
  sink.handleGone('disconnected')
  await until(() => hub.find('show') === undefined)
  expect(viewer.seen.isEnded).toBe(true)
  expect(events.at(-1)).toEqual({ streamId: 'show', type: 'ended', reason: 'grace_over' })
})

test('publishers that are refused meanwhile do not put off the end', async () => {
  const { hub, events } = createTestHub(200)
  const sink = attach(hub)
  send(sink, tags)
  sink.handleGone('disconnected')
  const mp3 = { type: tagType.audio, timestampMs: 0, payload: Buffer.from([0x2f, 0, 0]) }
  await until(() => {
    if (hub.find('show')?.state === 'away') send(attach(hub), [mp3])
    return hub.find('show') === undefined
  })
  expect(events.filter(({ type }) => type === 'error').length).toBeGreaterThan(1)
  expect(events.at(-1)).toEqual({ streamId: 'show', type: 'ended', reason: 'grace_over' })
})

test('a publisher that is refused meanwhile leaves the stream as it was', () => {
  const { hub } = createTestHub()
  const sink = attach(hub)
  send(sink, tags)
  sink.handleGone('disconnected')
  const shown = () => [hub.find('show')?.codec, hub.find('show')?.flv.header('videoHeader')]
  const before = shown()
  const mp3 = { type: tagType.audio, timestampMs: 0, payload: Buffer.from([0x2f, 0, 0]) }
  send(attach(hub), [...otherTags.filter(isVideoHeader), mp3])
  expect(shown()).toEqual(before)
})

test('ending a stream cuts its publisher, tells why and tells it once', () => {
  const { hub, events } = createTestHub()
  const cuts: string[] = []
  send(attach(hub, cuts), tags)
  expect(hub.end('show', 'banned')).toBe(true)
  expect(hub.end('show', 'banned')).toBe(false)
  expect(cuts).toEqual(['banned'])
  expect(events.map(({ type }) => type)).toEqual(['publish_start', 'ended'])
})

test.each([
  ['HEVC in an FLV of old', tagType.video, [0x1c, 0, 0, 0, 0], 'codec.video_unsupported'],
  [
    'HEVC over enhanced RTMP',
    tagType.video,
    [0x90, 0x68, 0x76, 0x63, 0x31],
    'codec.video_unsupported',
  ],
  ['MP3', tagType.audio, [0x2f, 0, 0], 'codec.audio_unsupported'],
  ['a picture without its header', tagType.video, [0x17, 1, 0, 0, 0, 0], 'codec.header_missing'],
])('%s is refused with its reason, and the room never turns live', (_, type, payload, reason) => {
  const { hub, events } = createTestHub()
  const cuts: string[] = []
  const sink = attach(hub, cuts)
  send(sink, [{ type, timestampMs: 0, payload: Buffer.from(payload) }])
  expect(cuts).toEqual([reason])
  expect(events).toEqual([{ streamId: 'show', type: 'error', reason }])
  expect(hub.list()).toEqual([])
})

test('a publisher that sends faster than anybody can watch is cut', () => {
  const { hub, events } = createTestHub()
  const cuts: string[] = []
  const sink = attach(hub, cuts)
  const huge = Buffer.concat([Buffer.from([0x27, 1, 0, 0, 0]), Buffer.alloc(1024 * 1024)])
  send(sink, tags)
  for (let timestampMs = 2_000; cuts.length === 0 && timestampMs < 4_000; timestampMs += 33) {
    send(sink, [{ type: tagType.video, timestampMs, payload: huge }])
  }
  expect(cuts).toEqual(['bitrate_too_high'])
  expect(events.map(({ type }) => type)).toEqual(['publish_start', 'error', 'publish_end'])
})

test('what a publisher says of itself is passed on as numbers only', () => {
  const { hub } = createTestHub()
  const sink = attach(hub)
  const about = { width: 640, title: 'sk_secret', encoder: 'x', framerate: 30 }
  const payload = encodeAmf('@setDataFrame', 'onMetaData', about)
  sink.handleMessage({ typeId: messageType.data, timestampMs: 0, payload })
  send(
    sink,
    tags.filter(({ type }) => type !== tagType.script),
  )
  const viewer = createViewer()
  hub.find('show')?.flv.join(viewer.output)
  const script = viewer.tags()[0]?.payload.toString('latin1') ?? ''
  expect(script).toContain('framerate')
  expect(script).not.toContain('sk_secret')
})

test('a viewer that stops reading is sent no more than its queue and is cut', () => {
  const { hub, counters } = createTestHub()
  const sink = attach(hub)
  send(sink, tags)
  const viewer = createViewer()
  hub.find('show')?.flv.join(viewer.output)
  const sentBefore = viewer.pieces.length
  viewer.output.writableLength = 3 * 1024 * 1024
  send(sink, tags)
  expect(viewer.pieces.length).toBe(sentBefore)
  expect(counters.droppedTags).toBeGreaterThan(100)
})

test('a viewer that was too slow goes on at a key frame', () => {
  const { hub } = createTestHub()
  const sink = attach(hub)
  send(sink, tags)
  const viewer = createViewer()
  hub.find('show')?.flv.join(viewer.output)
  const sentBefore = viewer.tags().length
  viewer.output.writableLength = 3 * 1024 * 1024
  send(sink, tags.slice(0, 20))
  viewer.output.writableLength = 0
  send(sink, tags.slice(20))
  const next = viewer.tags()[sentBefore]
  expect(next && isKeyFrame(next)).toBe(true)
})

test('a consumer that joins late begins with headers and a key frame, and may leave', () => {
  const { hub } = createTestHub()
  const sink = attach(hub)
  send(sink, tags.slice(0, 100))
  const kinds: string[] = []
  let endCount = 0
  const consumer = {
    handlePacket: ({ kind }: Packet) => kinds.push(kind),
    end: () => {
      endCount += 1
    },
  }
  const leave = hub.find('show')?.join(consumer)
  expect(kinds.slice(0, 4)).toEqual(['metadata', 'videoHeader', 'audioHeader', 'keyFrame'])
  const joinedCount = kinds.length
  send(sink, tags.slice(100, 110))
  expect(kinds.length).toBe(joinedCount + 10)
  leave?.()
  send(sink, tags.slice(110, 120))
  expect(kinds.length).toBe(joinedCount + 10)
  hub.find('show')?.join(consumer)
  hub.end('show', 'banned')
  expect(endCount).toBe(1)
})
