import { afterEach, expect, test, vi } from 'vitest'
import { type FlvTag, readTags, tagType } from '../flv/tag.ts'
import { makeTags } from '../testing/clip.ts'
import { createTestHub } from '../testing/ingest.ts'
import type { PublishSink } from './publisher.ts'

const film = makeTags({ seconds: 4 })
const silentFilm = makeTags({ seconds: 4, hasAudio: false })

const isVideo = ({ type }: FlvTag) => type === tagType.video
const isAudio = ({ type }: FlvTag) => type === tagType.audio
const isPicture = (tag: FlvTag) => isVideo(tag) && tag.payload[1] === 1
const isKeyFrame = (tag: FlvTag) => isPicture(tag) && tag.payload.readUInt8(0) >> 4 === 1
const isVideoHeader = (tag: FlvTag) => isVideo(tag) && tag.payload[1] === 0

afterEach(() => vi.useRealTimers())

/** A stream under a hub, with a viewer who sees all of it. */
const createShow = (graceMs?: number) => {
  const { hub, events, channels } = createTestHub(graceMs)
  const cuts: string[] = []
  const connect = (): PublishSink => {
    const sink = hub.attach('show', {
      cut: reason => {
        cuts.push(reason)
        if ('handleGone' in sink) sink.handleGone(reason)
      },
    })
    if ('refused' in sink) throw new Error(sink.refused)
    return sink
  }
  const sink = connect()
  const pieces: Buffer[] = []
  hub.find('show')?.flv.join({
    write: bytes => pieces.push(bytes),
    end: () => {},
    destroy: () => {},
    writableLength: 0,
  })
  const seen = () => [...readTags(Buffer.concat(pieces))]
  const types = () => events.map(({ type }) => type)
  const playlist = async () => String(await channels.get('show')?.origin.playlist({}))
  return { hub, events, types, cuts, sink, connect, seen, playlist }
}

const send = (sink: PublishSink, tags: readonly FlvTag[]): void => {
  for (const { type, timestampMs, payload } of tags) {
    sink.handleMessage({ typeId: type, timestampMs, payload })
  }
}

/** Sends in the time of the film, so that deadlines count. */
const sendInTime = (sink: PublishSink, tags: readonly FlvTag[]): void => {
  let atMs = 0
  for (const tag of tags) {
    vi.advanceTimersByTime(Math.max(0, tag.timestampMs - atMs))
    atMs = Math.max(atMs, tag.timestampMs)
    send(sink, [tag])
  }
}

const later = (tags: readonly FlvTag[], byMs: number): FlvTag[] =>
  tags.map(tag => ({ ...tag, timestampMs: (tag.timestampMs + byMs) >>> 0 }))

test('audio-only: a publisher without a picture is told so after ten seconds, and no room opens', () => {
  vi.useFakeTimers()
  const { sink, cuts, events } = createShow()
  for (let round = 0; round < 4 && cuts.length === 0; round++) {
    sendInTime(sink, later(film.filter(isAudio), round * 4_000))
  }
  expect(cuts).toEqual(['no_picture'])
  expect(events).toEqual([{ streamId: 'show', type: 'error', reason: 'no_picture' }])
})

test('audio-only later: a stream that lost its picture for twenty seconds is away, not frozen', () => {
  vi.useFakeTimers()
  const { sink, cuts, types, hub } = createShow()
  sendInTime(sink, film)
  for (let round = 1; round < 8 && cuts.length === 0; round++) {
    sendInTime(sink, later(film.filter(isAudio), round * 4_000))
  }
  expect(cuts).toEqual(['no_picture'])
  expect(types()).toEqual(['publish_start', 'error', 'publish_end'])
  expect(hub.find('show')?.state).toBe('away')
})

test('video-only: pictures reach FLV and HLS viewers, and no sound is announced', async () => {
  const { sink, seen, playlist, hub } = createShow()
  send(sink, silentFilm)
  expect(seen().filter(isPicture).length).toBe(120)
  expect(seen().some(isAudio)).toBe(false)
  expect(hub.find('show')?.codec).toMatch(/^avc1\.\w{6}$/)
  expect(await playlist()).toContain('.m4s')
})

test('odd timestamps: a clock set back and ahead in the middle leaves no gap and no overlap', () => {
  const { sink, seen } = createShow()
  const third = Math.floor(film.length / 3)
  send(sink, [
    ...later(film.slice(0, third), 4_000_000_000),
    ...later(film.slice(third, 2 * third), 7_000),
    ...later(film.slice(2 * third), 90_000_000),
  ])
  const times = seen()
    .filter(isPicture)
    .map(({ timestampMs }) => timestampMs)
  const steps = times.slice(1).map((time, at) => time - (times[at] ?? 0))
  expect(times.length).toBe(120)
  expect(Math.min(...steps)).toBeGreaterThan(0)
  expect(Math.max(...steps)).toBeLessThan(150)
})

test('odd timestamps: sound and picture on clocks of their own play side by side', () => {
  const { sink, seen } = createShow()
  send(
    sink,
    film.map(tag => (isAudio(tag) ? (later([tag], 3_600_000)[0] ?? tag) : tag)),
  )
  const lastOf = (tags: FlvTag[]) => tags.at(-1)?.timestampMs ?? 0
  const apartMs = lastOf(seen().filter(isPicture)) - lastOf(seen().filter(isAudio))
  expect(Math.abs(apartMs)).toBeLessThan(150)
})

test('odd timestamps: a clock that stands still is refused by name', () => {
  const { sink, cuts } = createShow()
  send(
    sink,
    film.map(tag => ({ ...tag, timestampMs: 0 })),
  )
  expect(cuts).toEqual(['timestamps_stuck'])
})

/** Milliseconds between pictures of a screen that is shared: bursts and rests. */
const RHYTHM = [8, 8, 17, 33, 100, 34]

test('variable frame rate: every picture keeps its own time', async () => {
  const { sink, seen, playlist } = createShow()
  let pictureCount = 0
  let atMs = 0
  const uneven = film.map(tag => {
    if (!isPicture(tag)) return tag
    const timestampMs = atMs
    atMs += RHYTHM[pictureCount++ % RHYTHM.length] ?? 0
    return { ...tag, timestampMs }
  })
  send(
    sink,
    uneven.toSorted((a, b) => a.timestampMs - b.timestampMs),
  )
  const times = seen()
    .filter(isPicture)
    .map(({ timestampMs }) => timestampMs)
  const steps = times.slice(1).map((time, at) => time - (times[at] ?? 0))
  expect(steps).toEqual(steps.map((_, at) => RHYTHM[at % RHYTHM.length]))
  const targetSec = Number(/PART-TARGET=([\d.]+)/.exec(await playlist())?.[1])
  const parts = [...(await playlist()).matchAll(/EXT-X-PART:DURATION=([\d.]+)/g)].map(([, sec]) =>
    Number(sec),
  )
  expect(Math.max(...parts)).toBeLessThanOrEqual(targetSec)
})

test('resolution change mid-stream: viewers get the new header before the new pictures', async () => {
  const { sink, seen, cuts, playlist, hub } = createShow()
  const other = makeTags({ seconds: 4, size: '640x360' })
  send(sink, film)
  // The picture that the encoder was still sending is of no use under the new header.
  send(sink, later([...other.filter(isVideoHeader), ...other.filter(isPicture).slice(5)], 4_000))
  expect(cuts).toEqual([])
  const tags = seen().filter(isVideo)
  const headerAt = tags.findLastIndex(isVideoHeader)
  expect(tags.filter(isVideoHeader).length).toBe(2)
  const fresh = tags.slice(headerAt).filter(isPicture)
  expect(fresh.length).toBeGreaterThanOrEqual(90)
  expect(fresh[0] && isKeyFrame(fresh[0])).toBe(true)
  const text = await playlist()
  expect(text.match(/#EXT-X-DISCONTINUITY\n#EXT-X-MAP/g)?.length).toBe(1)
  const { gop } = hub.find('show')?.flv ?? {}
  expect(gop?.keyFrame && isKeyFrame({ ...gop.keyFrame, type: tagType.video })).toBe(true)
})

/** A header with another profile, or with nothing behind its first bytes. */
const headerWith = (change: (payload: Buffer) => Buffer): FlvTag[] =>
  film.filter(isVideoHeader).map(tag => ({ ...tag, payload: change(Buffer.from(tag.payload)) }))

const setByte = (at: number, value: number) => (payload: Buffer) => {
  payload.writeUInt8(value, at)
  return payload
}

test.each([
  ['4:4:4 pictures', headerWith(setByte(6, 244)), 'codec.profile_unsupported'],
  ['10-bit pictures', headerWith(setByte(6, 110)), 'codec.profile_unsupported'],
  ['half a header', headerWith(payload => payload.subarray(0, 12)), 'codec.header_broken'],
  [
    'AAC that browsers do not play',
    [{ type: tagType.audio, timestampMs: 0, payload: Buffer.from([0xaf, 0, 0x0a, 0x10]) }],
    'codec.audio_unsupported',
  ],
])('codec refused: %s end the connection with a code of their own', (_, tags, reason) => {
  const { sink, cuts, events } = createShow()
  send(sink, tags)
  expect(cuts).toEqual([reason])
  expect(events.at(-1)).toEqual({ streamId: 'show', type: 'error', reason })
})

test('resume: 29 s away is the same session, 30 s is the end', () => {
  vi.useFakeTimers()
  const { hub, sink, connect, types } = createShow(30_000)
  send(sink, film)
  sink.handleGone('disconnected')
  vi.advanceTimersByTime(29_000)
  const back = connect()
  send(back, film)
  expect(types()).toEqual(['publish_start', 'publish_end', 'resume'])
  back.handleGone('disconnected')
  vi.advanceTimersByTime(30_000)
  expect(types().at(-1)).toBe('ended')
  expect(hub.find('show')).toBeUndefined()
})

test('take-over: what the old connection still sends is not heard any more', () => {
  vi.useFakeTimers()
  const { sink, connect, cuts, seen } = createShow()
  send(sink, film.slice(0, 60))
  vi.advanceTimersByTime(3_000)
  const next = connect()
  send(next, film)
  const before = seen().length
  send(sink, film.slice(60))
  expect(cuts).toEqual(['taken_over'])
  expect(seen().length).toBe(before)
})
