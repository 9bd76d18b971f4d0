import { spawnSync } from 'node:child_process'
import { afterEach, expect, test, vi } from 'vitest'
import type { FlvTag } from '../flv/tag.ts'
import { createCounters } from '../hub/counters.ts'
import { createHub } from '../hub/hub.ts'
import { createLlHlsChannel, type LlHlsChannel } from '../llhls/channel.ts'
import type { LlHlsOrigin } from '../llhls/origin.ts'
import { createVariantChannel } from '../llhls/variant.ts'
import { makeTags } from '../testing/clip.ts'
import { Ladder, type LadderChange } from './ladder.ts'
import { Pace } from './pace.ts'
import { type LadderOption, type Rung, rungsOf } from './rungs.ts'
import { createLadderSlots, type LadderSlots } from './slots.ts'

const film = makeTags({ seconds: 6, size: '1280x720' })
const otherFilm = makeTags({ seconds: 6, size: '960x540' })
const smallFilm = makeTags({ seconds: 2, size: '480x270' })
const ENCODE_MAX_MS = 30_000

const ends: (() => void)[] = []
afterEach(() => {
  vi.useRealTimers()
  for (const end of ends.splice(0)) end()
})

const calmSlots = (slotsMax: number): LadderSlots =>
  createLadderSlots({ slotsMax, isCalm: () => true, isStrained: () => false })

/** A stream with a ladder, fed by hand. */
const createShow = (option: LadderOption, slots = calmSlots(6)) => {
  const source = createLlHlsChannel()
  const changes: LadderChange[] = []
  const rungs = new Map<string, { rung: Rung; channel: LlHlsChannel }>()
  const ladder: Ladder = new Ladder({
    option,
    slots,
    newestGroup: () => hub.find('show')?.flv.newestGroup() ?? [],
    openRung(rung) {
      const former = rungs.get(rung.name)?.channel.origin
      const channel = createVariantChannel(source.origin, former)
      rungs.set(rung.name, { rung, channel })
      return channel.packager
    },
    closeRungs: () => rungs.clear(),
    onChange: change => changes.push(change),
  })
  const hub = createHub({
    graceMs: 5_000,
    streamsMax: 1,
    counters: createCounters(),
    createConsumers: () => [source.packager, ladder],
    onEvent: () => {},
  })
  const sink = hub.attach('show', { cut: () => {} })
  if ('refused' in sink) throw new Error(sink.refused)
  const send = (tags: readonly FlvTag[], laterMs = 0) => {
    for (const { type, timestampMs, payload } of tags) {
      sink.handleMessage({ typeId: type, timestampMs: timestampMs + laterMs, payload })
    }
  }
  ends.push(() => hub.end('show', 'test_over'))
  const originOf = (name: string) => rungs.get(name)?.channel.origin
  return { send, changes, rungs, ladder, source: source.origin, originOf, slots }
}

/** Sequence number → start on the wall's clock, from a plain playlist. */
const startsOf = async (origin: LlHlsOrigin | undefined): Promise<Map<number, number>> => {
  const text = String(await origin?.plainPlaylist())
  const first = Number(/MEDIA-SEQUENCE:(\d+)/.exec(text)?.[1])
  const dates = [...text.matchAll(/PROGRAM-DATE-TIME:(\S+)/g)].map(([, date = '']) => date)
  return new Map(dates.map((date, at) => [first + at, Date.parse(date)]))
}

const segmentCountOf = async (origin: LlHlsOrigin | undefined) =>
  origin ? (await startsOf(origin)).size : 0

/** Polls an async condition until it holds. */
const eventually = async (isTrue: () => Promise<boolean>): Promise<void> => {
  const deadlineMs = performance.now() + ENCODE_MAX_MS
  while (!(await isTrue())) {
    if (performance.now() > deadlineMs) throw new Error('waited in vain')
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

test('variants are numbered and dated as the source, so that players change over', async () => {
  const { send, originOf, source } = createShow('full')
  send(film)
  for (const name of ['480p', '360p']) {
    await eventually(async () => (await segmentCountOf(originOf(name))) >= 3)
    const [own, other] = [await startsOf(originOf(name)), await startsOf(source)]
    for (const [sequence, startsAt] of own) {
      const apartMs = Math.abs(startsAt - (other.get(sequence) ?? Infinity))
      expect(apartMs).toBeLessThanOrEqual(100)
    }
  }
})

test('a variant is a picture of its size with the sound of the source', async () => {
  const { send, originOf } = createShow('full')
  send(film)
  await eventually(async () => (await segmentCountOf(originOf('360p'))) >= 2)
  const origin = originOf('360p')
  const [sequence] = (await startsOf(origin)).keys()
  const files = await Promise.all(['m0.mp4', `s${sequence}.m4s`].map(name => origin?.file(name)))
  const { stdout, stderr } = spawnSync(
    'ffprobe',
    [
      ...['-v', 'warning', '-show_entries', 'stream=codec_name,width,height,profile'],
      ...['-of', 'csv=p=0', 'pipe:0'],
    ],
    { input: Buffer.concat(files.flatMap(file => file ?? [])), encoding: 'utf8' },
  )
  expect(stdout.trim().split('\n')).toEqual(['h264,Main,640,360', 'aac,LC'])
  expect(stderr).toBe('')
})

test('ffmpeg killed: another one encodes within a second, the third time the source is left', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  const { send, ladder, changes, rungs, slots } = createShow('light')
  const kill = async () => {
    process.kill(ladder.encoderPid ?? 0, 'SIGKILL')
    while (ladder.encoderPid !== undefined) await new Promise(resolve => setImmediate(resolve))
  }
  send(film)
  for (let killCount = 1; killCount <= 2; killCount++) {
    await kill()
    vi.advanceTimersByTime(999)
    expect(ladder.encoderPid).toBeGreaterThan(0)
    expect(rungs.size).toBe(1)
  }
  await kill()
  expect(changes.slice(-2)).toEqual(['crashed', 'given_up'])
  vi.advanceTimersByTime(10_000)
  send(film, 6_000)
  expect(ladder.encoderPid).toBeUndefined()
  expect(rungs.size).toBe(0)
  expect(slots.usedCount).toBe(0)
})

test('resolution change mid-stream: an encoder for the new size takes over', async () => {
  const { send, rungs, ladder, originOf } = createShow('light')
  send(film)
  const former = ladder.encoderPid
  const formerOrigin = originOf('360p')
  send(otherFilm, 6_000)
  expect(ladder.encoderPid).not.toBe(former)
  expect(originOf('360p')).not.toBe(formerOrigin)
  expect(rungs.get('360p')?.rung).toMatchObject({ width: 640, height: 360 })
  await eventually(async () => (await segmentCountOf(originOf('360p'))) >= 2)
})

test('without slots for both variants there is one, and without any the source alone', () => {
  const slots = calmSlots(5)
  const [first, second, third] = [1, 2, 3].map(() => createShow('full', slots))
  for (const show of [first, second, third]) show?.send(film.slice(0, 60))
  expect([...(first?.rungs.keys() ?? [])]).toEqual(['480p', '360p'])
  expect([...(second?.rungs.keys() ?? [])]).toEqual(['360p'])
  expect(third?.rungs.size).toBe(0)
})

test('a stream that ends gives its slots to the next', () => {
  const slots = calmSlots(2)
  createShow('light', slots).send(film.slice(0, 60))
  for (const end of ends.splice(0)) end()
  const next = createShow('light', slots)
  next.send(film.slice(0, 60))
  expect(next.rungs.size).toBe(1)
})

test('a strained machine takes slots back, the newest first, one at a time', () => {
  const load = { isCalm: true, isStrained: false }
  const slots = createLadderSlots({
    slotsMax: 9,
    isCalm: () => load.isCalm,
    isStrained: () => load.isStrained,
  })
  const [old, young] = [createShow('light', slots), createShow('light', slots)]
  for (const { send } of [old, young]) send(film.slice(0, 60))
  Object.assign(load, { isCalm: false, isStrained: true })
  slots.sweep(0)
  slots.sweep(1_000)
  expect([old.rungs.size, young.rungs.size]).toEqual([1, 0])
  expect(young.changes).toEqual(['started', 'given_back'])
  slots.sweep(5_000)
  expect(old.rungs.size).toBe(0)
  const late = createShow('light', slots)
  late.send(film.slice(0, 60))
  expect(late.rungs.size).toBe(0)
})

test('a source no larger than its variants gets none', () => {
  const { send, rungs, changes } = createShow('light')
  send(smallFilm)
  expect([rungs.size, changes.length]).toEqual([0, 0])
})

test.each([
  [{ width: 1920, height: 1080 }, ['480p 854x480', '360p 640x360']],
  [{ width: 720, height: 1280 }, ['480p 480x854', '360p 360x640']],
  [{ width: 854, height: 480 }, ['360p 640x360']],
])('variants keep the shape of %o, upright or not', (size, expected) => {
  const rungs = rungsOf('full', size)
  expect(rungs.map(({ name, width, height }) => `${name} ${width}x${height}`)).toEqual(expected)
})

test('an encoder that is slower than its stream for ten seconds is too slow, a late one is not', () => {
  const after = (speed: number, seconds: number): boolean => {
    const pace = new Pace()
    for (let sec = 0; sec <= seconds; sec++) {
      pace.note({ nowMs: sec * 1_000, inMs: sec * 1_000, outMs: sec * 1_000 * speed - 2_000 })
    }
    return pace.isTooSlow
  }
  expect(after(1, 30)).toBe(false)
  expect(after(0.9, 9)).toBe(false)
  expect(after(0.9, 12)).toBe(true)
})
