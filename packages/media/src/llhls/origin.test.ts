import { spawnSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type FlvTag, tagType } from '../flv/tag.ts'
import type { PublishSink } from '../hub/publisher.ts'
import { type ClipOptions, makeTags } from '../testing/clip.ts'
import { createTestHub } from '../testing/ingest.ts'
import type { LlHlsOrigin } from './origin.ts'

const send = (sink: PublishSink, film: readonly FlvTag[]): void => {
  for (const { type, timestampMs, payload } of film) {
    sink.handleMessage({ typeId: type, timestampMs, payload })
  }
}

/** A stream with its LL-HLS origin, fed by hand. */
const createShow = () => {
  const { hub, channels } = createTestHub()
  const connect = (): PublishSink => {
    const sink = hub.attach('show', {
      cut: reason => 'handleGone' in sink && sink.handleGone(reason),
    })
    if ('refused' in sink) throw new Error(sink.refused)
    return sink
  }
  const sink = connect()
  const channel = channels.get('show')
  if (channel === undefined) throw new Error('no channel')
  return { hub, sink, reconnect: connect, origin: channel.origin, packager: channel.packager }
}

const show = (options: ClipOptions) => {
  const made = createShow()
  send(made.sink, makeTags(options))
  return made
}

type ParsedSegment = {
  parts: { sec: number; isIndependent: boolean; uri: string }[]
  sec?: number
  uri?: string
}

/** Reads a playlist into segments, by the tags of RFC 8216bis. */
const parse = (playlist: string) => {
  const tag = (name: string) => new RegExp(`^#${name}:?(.*)$`, 'm').exec(playlist)?.[1]
  const segments: ParsedSegment[] = [{ parts: [] }]
  for (const line of playlist.split('\n')) {
    const segment = segments.at(-1)
    const part = /^#EXT-X-PART:DURATION=([\d.]+),URI="([^"]+)"(,INDEPENDENT=YES)?/.exec(line)
    if (part?.[2]) {
      segment?.parts.push({
        sec: Number(part[1]),
        uri: part[2],
        isIndependent: part[3] !== undefined,
      })
    }
    const duration = /^#EXTINF:([\d.]+),/.exec(line)?.[1]
    if (segment && duration) segment.sec = Number(duration)
    if (segment && line !== '' && !line.startsWith('#')) {
      segment.uri = line
      segments.push({ parts: [] })
    }
  }
  return {
    tag,
    segments: segments.filter(({ uri, parts }) => uri !== undefined || parts.length > 0),
  }
}

const playlistOf = async (origin: LlHlsOrigin) => parse(String(await origin.playlist({})))

const nameOf = (uri: string): string => uri.split('/')[1] ?? ''

const films: [string, ClipOptions][] = [
  ['30 fps', { seconds: 5 }],
  ['25 fps', { seconds: 5, fps: 25 }],
  ['60 fps', { seconds: 5, fps: 60 }],
  ['24 fps and B-frames', { seconds: 5, fps: 24, bFrames: 2 }],
  ['15 fps', { seconds: 5, fps: 15 }],
  ['12 fps, whose frames do not fill a part', { seconds: 5, fps: 12 }],
  ['key frames every 2 s', { seconds: 8, gopSec: 2 }],
  ['no sound', { seconds: 5, hasAudio: false }],
]

/** Checks a playlist against the rules for durations (RFC 8216bis §4.4.3, §4.4.4.9). */
const expectRules = async (origin: LlHlsOrigin): Promise<void> => {
  const { tag, segments } = await playlistOf(origin)
  const targetSec = Number(tag('EXT-X-TARGETDURATION'))
  const partTargetSec = Number(/PART-TARGET=([\d.]+)/.exec(tag('EXT-X-PART-INF') ?? '')?.[1])
  const holdBackSec = Number(/PART-HOLD-BACK=([\d.]+)/.exec(tag('EXT-X-SERVER-CONTROL') ?? '')?.[1])
  expect(tag('EXT-X-SERVER-CONTROL')).toContain('CAN-BLOCK-RELOAD=YES')
  expect(partTargetSec).toBeLessThanOrEqual(0.25)
  expect(holdBackSec).toBeGreaterThanOrEqual(2 * partTargetSec)
  const complete = segments.filter(({ uri }) => uri !== undefined)
  expect(complete.length).toBeGreaterThanOrEqual(3)
  for (const { sec = 0, parts } of complete) {
    expect(Math.round(sec)).toBeLessThanOrEqual(targetSec)
    if (parts.length === 0) continue
    expect(parts.reduce((sum, part) => sum + part.sec, 0)).toBeCloseTo(sec, 2)
    expect(parts[0]?.isIndependent).toBe(true)
    expect(Math.max(...parts.map(part => part.sec))).toBeLessThanOrEqual(partTargetSec)
    const allButLast = parts.slice(0, -1).map(part => part.sec)
    expect(Math.min(...allButLast, 1)).toBeGreaterThanOrEqual(0.85 * partTargetSec)
  }
}

test.each(films)('a playlist of %s keeps the rules of LL-HLS', async (_, options) => {
  const { origin } = show(options)
  await expectRules(origin)
  const { segments } = await playlistOf(origin)
  const last = segments.filter(({ uri }) => uri).map(({ parts }) => parts.at(-1)?.sec ?? 1)
  // A crumb costs a request like any part, and players may take its segment for complete without it.
  expect(Math.min(...last)).toBeGreaterThan(0.15)
})

test('pictures that a publisher dropped make no part longer than the target', async () => {
  const { origin, sink } = createShow()
  const isDropped = ({ type, timestampMs }: FlvTag) =>
    type === tagType.video && timestampMs > 2_200 && timestampMs < 3_000
  send(
    sink,
    makeTags({ seconds: 5 }).filter(tag => !isDropped(tag)),
  )
  await expectRules(origin)
  const { packets, warnings } = probe(await filesOf(origin))
  expect(warnings).toBe('')
  expect(packets.filter(({ codec_type }: Packet) => codec_type === 'audio').length).toBeGreaterThan(
    170,
  )
})

test('a pause of the pictures in which the sound begins late ends like any other', async () => {
  const { origin, sink } = createShow()
  const isDropped = ({ type, timestampMs }: FlvTag) =>
    type === tagType.video
      ? timestampMs > 2_200 && timestampMs < 4_000
      : timestampMs > 1_600 && timestampMs < 3_400
  send(
    sink,
    makeTags({ seconds: 6 }).filter(tag => !isDropped(tag)),
  )
  const { segments } = await playlistOf(origin)
  expect(segments.length).toBeGreaterThan(2)
})

type Packet = { codec_type: string; dts_time: string }

/** What ffprobe sees in a file: one line a packet, and nothing on standard error. */
const probe = (bytes: Buffer) => {
  const { stdout, stderr } = spawnSync(
    'ffprobe',
    [
      ...['-v', 'warning', '-show_entries', 'stream=codec_name,width,height,sample_rate'],
      ...['-show_entries', 'packet=codec_type,pts_time,dts_time,flags', '-of', 'json', 'pipe:0'],
    ],
    { input: bytes, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  )
  return { ...JSON.parse(stdout), warnings: stderr }
}

const filesOf = async (origin: LlHlsOrigin): Promise<Buffer> => {
  const { tag, segments } = await playlistOf(origin)
  const map = /URI="([^"]+)"/.exec(tag('EXT-X-MAP') ?? '')?.[1] ?? ''
  const names = [map, ...segments.flatMap(({ uri }) => uri ?? [])].map(nameOf)
  const files = await Promise.all(names.map(name => origin.file(name)))
  return Buffer.concat(files.flatMap(file => file ?? []))
}

test('segments are fMP4 that ffprobe reads without a warning, frame for frame', async () => {
  const { origin } = show({ seconds: 4, fps: 24, bFrames: 2 })
  const { streams, packets, warnings } = probe(await filesOf(origin))
  expect(warnings).toBe('')
  expect(streams).toMatchObject([
    { codec_name: 'h264', width: 320, height: 180 },
    { codec_name: 'aac', sample_rate: '44100' },
  ])
  const times = (type: string): number[] =>
    packets
      .filter((packet: Packet) => packet.codec_type === type)
      .map((packet: Packet) => Number(packet.dts_time))
  const steps = (all: number[]) => all.slice(1).map((time, at) => time - (all[at] ?? 0))
  expect(times('video').length).toBe(72)
  expect(Math.max(...steps(times('video')))).toBeLessThan(0.045)
  expect(Math.max(...steps(times('audio')))).toBeLessThan(0.025)
})

test('a segment is its parts, one after the other', async () => {
  const { origin } = show({ seconds: 4 })
  const { segments } = await playlistOf(origin)
  const segment = segments[1]
  const parts = await Promise.all((segment?.parts ?? []).map(({ uri }) => origin.file(nameOf(uri))))
  const whole = await origin.file(nameOf(segment?.uri ?? ''))
  expect(parts.length).toBeGreaterThan(3)
  expect(whole?.equals(Buffer.concat(parts.flatMap(part => part ?? [])))).toBe(true)
})

test('a wish for a part that is being made is answered when it is there', async () => {
  const { origin, sink } = createShow()
  const film = makeTags({ seconds: 4 })
  const half = Math.floor(film.length / 2)
  send(sink, film.slice(0, half))
  const hint = /HINT:TYPE=PART,URI="[^/]+\/p(\d+)\.(\d+)\.m4s"/.exec(
    String(await origin.playlist({})),
  )
  const wish = { sequence: Number(hint?.[1]), part: Number(hint?.[2]) }
  const name = `p${wish.sequence}.${wish.part}.m4s`
  const answers = Promise.all([origin.playlist(wish), origin.file(name)])
  const early = await Promise.race([answers, sleep(50, 'waiting')])
  expect(early).toBe('waiting')
  send(sink, film.slice(half))
  const [playlist, part] = await answers
  expect(playlist).toContain(`/${name}"`)
  expect(part?.toString('latin1', 4, 8)).toBe('moof')
})

test('while the publisher is away a reload is answered before players give up on it', async () => {
  const { origin, sink } = show({ seconds: 3 })
  sink.handleGone('disconnected')
  const startedAtMs = performance.now()
  const playlist = await origin.playlist({ sequence: 3 })
  expect(playlist).toContain('#EXT-X-PRELOAD-HINT')
  expect(performance.now() - startedAtMs).toBeLessThan(0.8 * 2_000)
})

test('wishes that no player makes are refused', async () => {
  const { origin } = show({ seconds: 3 })
  expect(await origin.playlist({ sequence: 40 })).toBe('refused')
  expect(await origin.playlist({ part: 1 })).toBe('refused')
  expect(await origin.file('p40.0.m4s')).toBeUndefined()
  expect(await origin.file('../../secret')).toBeUndefined()
})

test('a resume with the same codecs is no seam; with others it is a discontinuity and a new map', async () => {
  const { origin, sink, reconnect } = show({ seconds: 3 })
  sink.handleGone('disconnected')
  const same = reconnect()
  send(same, makeTags({ seconds: 3 }))
  expect(String(await origin.playlist({}))).not.toContain('EXT-X-DISCONTINUITY\n')
  same.handleGone('disconnected')
  send(reconnect(), makeTags({ seconds: 3, size: '160x90' }))
  const playlist = String(await origin.playlist({}))
  expect(playlist).toMatch(/#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI="[^"]+\/m1\.mp4"/)
  expect(probe((await origin.file('m1.mp4')) ?? Buffer.alloc(0)).streams[0]).toMatchObject({
    width: 160,
  })
})

test('discontinuities that left the list are counted, and old files are forgotten', async () => {
  const { origin, sink, reconnect } = show({ seconds: 2 })
  sink.handleGone('disconnected')
  send(reconnect(), makeTags({ seconds: 30, size: '160x90' }))
  const { tag, segments } = await playlistOf(origin)
  expect(tag('EXT-X-DISCONTINUITY-SEQUENCE')).toBe('1')
  expect(segments.length).toBeLessThan(12)
  expect(await origin.file('s0.m4s')).toBeUndefined()
  expect(await origin.file('m0.mp4')).toBeUndefined()
})

test('the end of a stream closes its playlist with everything that was sent', async () => {
  const { hub, origin } = show({ seconds: 4 })
  hub.end('show', 'ended_by_host')
  const playlist = String(await origin.playlist({ sequence: 3 }))
  expect(playlist.trimEnd().endsWith('#EXT-X-ENDLIST')).toBe(true)
  expect(playlist).not.toContain('PRELOAD-HINT')
  const totalSec = parse(playlist).segments.reduce((sum, { sec = 0 }) => sum + sec, 0)
  expect(totalSec).toBeCloseTo(4, 1)
})

test('a stream without a key frame for long is cut all the same and says so', async () => {
  const { origin } = show({ seconds: 20, gopSec: 12 })
  const { tag, segments } = await playlistOf(origin)
  expect(Number(tag('EXT-X-TARGETDURATION'))).toBeLessThanOrEqual(7)
  expect(Math.max(...segments.map(({ sec = 0 }) => sec))).toBeLessThan(7.5)
  expect(tag('EXT-X-INDEPENDENT-SEGMENTS')).toBeUndefined()
})

test('the codecs are named as players expect them', () => {
  const { packager } = show({ seconds: 2 })
  expect(packager.codec).toMatch(/^avc1\.[0-9a-f]{6},mp4a\.40\.2$/)
})

test('players without low latency get whole segments, and nothing they do not know', async () => {
  const { origin } = show({ seconds: 25 })
  const text = String(await origin.plainPlaylist())
  expect(text).not.toMatch(/EXT-X-(PART|SERVER-CONTROL|PRELOAD-HINT)/)
  const { tag, segments } = parse(text)
  const targetSec = Number(tag('EXT-X-TARGETDURATION'))
  expect(Math.max(...segments.map(({ sec = Infinity }) => sec))).toBeLessThanOrEqual(targetSec)
  const listedSec = segments.reduce((sum, { sec = 0 }) => sum + sec, 0)
  expect(listedSec).toBeGreaterThanOrEqual(16)
  const first = Number(tag('EXT-X-MEDIA-SEQUENCE'))
  expect(segments.map(({ uri = '' }) => nameOf(uri))).toEqual(
    segments.map((_, at) => `s${first + at}.m4s`),
  )
  const files = await Promise.all(segments.map(({ uri = '' }) => origin.file(nameOf(uri))))
  expect(files.every(file => file !== undefined)).toBe(true)
})

test('the plain playlist of a stream that is over says so', async () => {
  const { hub, origin } = show({ seconds: 5 })
  hub.end('show', 'ended_by_host')
  expect(await origin.plainPlaylist()).toMatch(/#EXT-X-ENDLIST\n$/)
})
