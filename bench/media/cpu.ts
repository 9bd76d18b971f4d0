import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { median, reporter } from '../lib/report.ts'
import { familyCpuSec } from './family.ts'
import type { MediaUnderTest } from './media-under-test.ts'

export { cpuSecOf } from './family.ts'

const report = reporter('media')

const FLV_VIEWERS = 40
const SETTLE_MS = 3_000
/** Until the decoder of snapshots has come to stay. */
const WARM_UP_MS = 12_000
/** As often as the patrol asks for pictures of a stream that is neither new nor trusted. */
const SNAPSHOT_EVERY_MS = 5_000

/** Share of one core over some seconds, children included, %. */
const measureCore = async (pid: number, seconds: number): Promise<number> => {
  const startedAtMs = performance.now()
  const startedSec = familyCpuSec(pid)
  await sleep(seconds * 1000)
  return ((familyCpuSec(pid) - startedSec) / (performance.now() - startedAtMs)) * 1000 * 100
}

/** A viewer that reads as fast as it gets. Returns its exit. */
const watchFlv = (url: string): (() => void) => {
  const request = get(url, response => response.resume())
  request.on('error', () => {})
  return () => request.destroy()
}

/** A low-latency player: blocking reloads, and every part that a playlist names. */
const watchLlHls = (url: string): (() => void) => {
  const stop = new AbortController()
  const { signal } = stop
  const seen = new Set<string>()
  const step = async (query: string): Promise<string> => {
    const playlist = await (await fetch(url + query, { signal })).text()
    const parts = [...playlist.matchAll(/EXT-X-PART:.*URI="([^"]+)"/g)].flatMap(
      ([, uri]) => uri ?? [],
    )
    const fresh = parts.filter(part => !seen.has(part)).slice(-8)
    for (const part of fresh) {
      seen.add(part)
      await (await fetch(new URL(part, url), { signal })).arrayBuffer()
    }
    const [, sequence, part] = /HINT:.*\/p(\d+)\.(\d+)\.m4s/.exec(playlist) ?? []
    return sequence === undefined ? '' : `&_HLS_msn=${sequence}&_HLS_part=${part}`
  }
  const loop = async () => {
    for (let query = ''; !signal.aborted; ) query = await step(query)
  }
  loop().catch(() => {})
  return () => stop.abort()
}

/** Two megabits a second, and as much noise as fills them. */
const USUAL = { rate: '2M', noise: 12 }

/** Twenty seconds of 720p, encoded once so that the run itself only copies. */
export const makeClip = async (folder: string, { rate, noise } = USUAL): Promise<string> => {
  const clip = join(folder, `clip-720p-${rate}.flv`)
  if (existsSync(clip)) return clip
  await promisify(execFile)('ffmpeg', [
    ...[
      '-v',
      'error',
      '-y',
      '-f',
      'lavfi',
      '-i',
      `testsrc2=s=1280x720:r=30,noise=alls=${noise}:allf=t`,
    ],
    ...['-f', 'lavfi', '-i', 'sine=440:r=44100', '-t', '20', '-c:v', 'libx264'],
    ...['-preset', 'superfast'],
    ...['-pix_fmt', 'yuv420p', '-g', '30', '-b:v', rate, '-minrate', rate, '-maxrate', rate],
    ...['-bufsize', '1M', '-c:a', 'aac', '-b:a', '96k', clip],
  ])
  return clip
}

/** What one passthrough stream costs the media process, and what each further FLV viewer adds. */
export const measureCpu = async (
  media: MediaUnderTest,
  { rounds, seconds, folder }: { rounds: number; seconds: number; folder: string },
): Promise<void> => {
  const clip = await makeClip(folder)
  const publisher = spawn(
    'ffmpeg',
    [
      ...['-v', 'error', '-re', '-stream_loop', '-1', '-i', clip, '-c', 'copy'],
      ...['-f', 'flv', media.ingestUrl('key-cpu')],
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  )
  await sleep(SETTLE_MS)
  const flvUrl = media.playUrl('cpu', 'cpu.flv')
  const patrol = setInterval(() => void media.control.snapshot('cpu'), SNAPSHOT_EVERY_MS)
  const stops = [
    watchFlv(flvUrl),
    watchLlHls(media.playUrl('cpu', 'cpu/index.m3u8')),
    () => clearInterval(patrol),
  ]
  await sleep(WARM_UP_MS)
  const stream: number[] = []
  const perViewer: number[] = []
  for (let round = 0; round < rounds; round++) {
    await sleep(SETTLE_MS)
    const alone = await measureCore(media.pid, seconds)
    const crowd = Array.from({ length: FLV_VIEWERS }, () => watchFlv(flvUrl))
    await sleep(SETTLE_MS)
    const crowded = await measureCore(media.pid, seconds)
    for (const leave of crowd) leave()
    stream.push(alone)
    perViewer.push((crowded - alone) / FLV_VIEWERS)
  }
  for (const stop of stops) stop()
  publisher.kill('SIGKILL')
  const unit = '% of a core'
  report({ metric: 'stream_cpu', value: median(stream), unit, runs: rounds })
  report({ metric: 'flv_viewer_cpu', value: median(perViewer), unit, runs: rounds })
}
