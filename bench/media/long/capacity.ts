import { spawn } from 'node:child_process'
import { get } from 'node:http'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { reporter } from '../../lib/report.ts'
import { makeClip } from '../cpu.ts'
import { childrenOf, familyCpuSec, isZombie, openFilesOf, rssOf } from '../family.ts'
import { type MediaUnderTest, startMedia } from '../media-under-test.ts'
import { startSite } from '../site.ts'
import { openBrowser, type Watched, watch } from '../viewer.ts'

const STREAMS = 10
const LIGHT_LADDERS = 2
const VIEWERS = 200
const SETTLE_MS = 15_000
const SAMPLE_MS = 5_000
const PATROL_EVERY_MS = 5_000
/** Longer than streams, decoders and idle connections (30 s) stay when nobody needs them. */
const LEAVE_MS = 32_000
const WAITS_MAX = 5
const NAMES = Array.from({ length: STREAMS }, (_, n) =>
  n < LIGHT_LADDERS ? `light${n}` : `plain${n}`,
)
/** The stream that two browsers watch, a player each. */
const WATCHED = NAMES.at(-1) ?? ''

type Options = { readonly seconds: number; readonly folder: string }

/**
 * A full small box: ten recorded streams of 2 Mbps whose pictures are taken, two of them with a
 * smaller variant, and two hundred viewers. What it costs, whether anybody waits, and whether
 * anything grows or is left over.
 */
export const measureCapacity = async ({ seconds, folder }: Options): Promise<void> => {
  const clip = await makeClip(folder)
  const media = await startMedia({
    KAIBO_RECORDINGS_DIR: join(folder, 'recordings'),
    KAIBO_AWAY_GRACE_SEC: '1',
  })
  const report = reporter('media', `${STREAMS} streams, ${VIEWERS} viewers, ${seconds} s`)
  const tell: Tell = (metric, value, unit) => report({ metric, value, unit, runs: 1 })
  await warmUp(media, clip)
  const openFiles = await settledFilesOf(media.pid)
  const publishers = NAMES.map(name => publish(clip, media.ingestUrl(`key-${name}`)))
  await sleep(SETTLE_MS)
  const patrol = setInterval(() => NAMES.forEach(takePicture(media)), PATROL_EVERY_MS)
  const viewers = Array.from({ length: VIEWERS }, (_, n) => watchFlv(media, NAMES[n % STREAMS]))
  await sleep(SETTLE_MS)
  const browsers = watchInBrowsers(media, { seconds, folder })
  await measureLoad(media, { seconds, tell, viewers })
  for (const [name, seen] of Object.entries(await browsers)) {
    process.stderr.write(`${name} ${JSON.stringify(seen)}\n`)
    tell(`capacity_${name}_stalls`, seen.stallCount, 'stalls')
    tell(`capacity_${name}_longest_freeze_ms`, seen.longestFreezeMs, 'ms')
  }
  clearInterval(patrol)
  for (const { stop } of viewers) stop()
  for (const publisher of publishers) publisher.kill('SIGKILL')
  tell('capacity_fds_left', (await settledFilesOf(media.pid)) - openFiles, 'files')
  tell('capacity_zombies', childrenOf(media.pid).filter(isZombie).length, 'processes')
  media.stop()
}

type Tell = (metric: string, value: number, unit: string) => void

/** Processor time, memory and waiting while everybody is there. */
const measureLoad = async (
  { pid }: MediaUnderTest,
  { seconds, tell, viewers }: { seconds: number; tell: Tell; viewers: readonly FlvViewer[] },
): Promise<void> => {
  for (const viewer of viewers) viewer.gapMaxMs = 0
  const before = { cpuSec: familyCpuSec(pid), atMs: Date.now() }
  const sizes: { atMin: number; bytes: number }[] = []
  while (Date.now() - before.atMs < seconds * 1_000) {
    await sleep(SAMPLE_MS)
    sizes.push({ atMin: (Date.now() - before.atMs) / 60_000, bytes: rssOf(pid) })
  }
  const wallSec = (Date.now() - before.atMs) / 1_000
  const share = ((familyCpuSec(pid) - before.cpuSec) / wallSec / cpus().length) * 100
  tell('capacity_cpu', share, '% of all cores')
  tell('capacity_children', childrenOf(pid).length, 'processes')
  tell('capacity_longest_gap_ms', Math.max(...viewers.map(viewer => viewer.gapMaxMs)), 'ms')
  tell('capacity_viewers_lost', viewers.filter(viewer => viewer.isLost).length, 'viewers')
  tell('capacity_rss_slope', slopeOf(sizes) / 1_048_576, 'MB/min')
}

/** A stream of each kind, watched, pictured and gone: what that leaves open for good is no leak. */
const warmUp = async (media: MediaUnderTest, clip: string): Promise<void> => {
  const names = ['lightwarm', 'warm']
  const publishers = names.map(name => publish(clip, media.ingestUrl(`key-${name}`)))
  await sleep(SETTLE_MS)
  const viewers = names.map(name => watchFlv(media, name))
  names.forEach(takePicture(media))
  await sleep(SAMPLE_MS)
  for (const { stop } of viewers) stop()
  for (const publisher of publishers) publisher.kill('SIGKILL')
}

/** Files open once nothing changes any more. */
const settledFilesOf = async (pid: number): Promise<number> => {
  let count = openFilesOf(pid)
  for (let wait = 0; wait < WAITS_MAX; wait++) {
    await sleep(LEAVE_MS)
    const before = count
    count = openFilesOf(pid)
    if (count === before) break
  }
  return count
}

/** Two people who stay to the end, without a reload. */
const watchInBrowsers = async (
  media: MediaUnderTest,
  { seconds, folder }: Options,
): Promise<{ flv: Watched; llhls: Watched }> => {
  const site = await startSite(folder)
  const browser = await openBrowser()
  const show = { siteUrl: site.url, seconds }
  const [flv, llhls] = await Promise.all([
    watch(browser, { ...show, player: 'mpegts', url: flvUrl(media, WATCHED) }),
    watch(browser, { ...show, player: 'llhls', url: playlistUrl(media, WATCHED) }),
  ])
  await browser.close()
  site.stop()
  return { flv, llhls }
}

const flvUrl = (media: MediaUnderTest, name: string) => media.playUrl(name, `${name}.flv`)

const playlistUrl = (media: MediaUnderTest, name: string) =>
  media.playUrl(name, `${name}/index.m3u8`)

/** As the patrol asks for it; a box that is full may have none. */
const takePicture = (media: MediaUnderTest) => (name: string) =>
  void media.control.snapshot(name).catch(() => {})

const publish = (clip: string, url: string) =>
  spawn(
    'ffmpeg',
    ['-v', 'error', '-re', '-stream_loop', '-1', '-i', clip, '-c', 'copy', '-f', 'flv', url],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )

type FlvViewer = { gapMaxMs: number; isLost: boolean; stop(): void }

const watchFlv = (media: MediaUnderTest, name = ''): FlvViewer => {
  let lastMs = performance.now()
  const viewer = { gapMaxMs: 0, isLost: false, stop: () => void request.destroy() }
  const request = get(flvUrl(media, name), response => {
    response.on('data', () => {
      const nowMs = performance.now()
      viewer.gapMaxMs = Math.max(viewer.gapMaxMs, nowMs - lastMs)
      lastMs = nowMs
    })
    response.on('close', () => {
      viewer.isLost = true
    })
  })
  request.on('error', () => {
    viewer.isLost = true
  })
  return viewer
}

/** Least squares over the second half: the first is warm-up. */
const slopeOf = (samples: readonly { atMin: number; bytes: number }[]): number => {
  const half = samples.slice(Math.floor(samples.length / 2))
  const meanOf = (values: number[]) => values.reduce((sum, each) => sum + each, 0) / values.length
  const [x, y] = [meanOf(half.map(each => each.atMin)), meanOf(half.map(each => each.bytes))]
  const above = half.reduce((sum, each) => sum + (each.atMin - x) * (each.bytes - y), 0)
  return above / half.reduce((sum, each) => sum + (each.atMin - x) ** 2, 0)
}
