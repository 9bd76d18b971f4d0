import { spawn } from 'node:child_process'
import { get } from 'node:http'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { reporter } from '../../lib/report.ts'
import { makeClip } from '../cpu.ts'
import { childrenOf, familyCpuSec, isZombie, openFilesOf, rssOf } from '../family.ts'
import { startMedia } from '../media-under-test.ts'

const STREAMS = 10
const LIGHT_LADDERS = 2
const VIEWERS = 200
const SETTLE_MS = 15_000
const SAMPLE_MS = 5_000

type Options = { readonly seconds: number; readonly folder: string }

/**
 * A full small box: ten recorded streams of 2 Mbps, two of them with a smaller variant, and two
 * hundred viewers. What it costs, whether anybody waits, and whether anything grows or is left over.
 */
export const measureCapacity = async ({ seconds, folder }: Options): Promise<void> => {
  const clip = await makeClip(folder)
  const media = await startMedia({ KAIBO_RECORDINGS_DIR: join(folder, 'recordings') })
  const names = Array.from({ length: STREAMS }, (_, n) =>
    n < LIGHT_LADDERS ? `light${n}` : `plain${n}`,
  )
  const publishers = names.map(name => publish(clip, media.ingestUrl(`key-${name}`)))
  await sleep(SETTLE_MS)
  const viewers = Array.from({ length: VIEWERS }, (_, n) => {
    const name = names[n % STREAMS] ?? ''
    return watch(media.playUrl(name, `${name}.flv`))
  })
  await sleep(SETTLE_MS)
  for (const viewer of viewers) viewer.gapMaxMs = 0
  const before = { fds: openFilesOf(media.pid), cpuSec: familyCpuSec(media.pid), atMs: Date.now() }
  const sizes: { atMin: number; bytes: number }[] = []
  while (Date.now() - before.atMs < seconds * 1_000) {
    await sleep(SAMPLE_MS)
    sizes.push({ atMin: (Date.now() - before.atMs) / 60_000, bytes: rssOf(media.pid) })
  }
  const wallSec = (Date.now() - before.atMs) / 1_000
  const share = ((familyCpuSec(media.pid) - before.cpuSec) / wallSec / cpus().length) * 100
  const gaps = viewers.map(viewer => viewer.gapMaxMs)
  const report = reporter(
    'media',
    `${STREAMS} streams, ${VIEWERS} viewers, ${Math.round(wallSec)} s`,
  )
  const tell = (metric: string, value: number, unit: string) =>
    report({ metric, value, unit, runs: 1 })
  tell('capacity_cpu', share, '% of all cores')
  tell('capacity_encoders', childrenOf(media.pid).length, 'processes')
  tell('capacity_longest_gap_ms', Math.max(...gaps), 'ms')
  tell('capacity_viewers_lost', viewers.filter(viewer => viewer.isLost).length, 'viewers')
  tell('capacity_rss_slope', slopeOf(sizes) / 1_048_576, 'MB/min')
  for (const { stop } of viewers) stop()
  for (const publisher of publishers) publisher.kill('SIGKILL')
  await sleep(SETTLE_MS)
  tell('capacity_fds_left', openFilesOf(media.pid) - before.fds, 'files')
  tell('capacity_zombies', childrenOf(media.pid).filter(isZombie).length, 'processes')
  media.stop()
}

const publish = (clip: string, url: string) =>
  spawn(
    'ffmpeg',
    ['-v', 'error', '-re', '-stream_loop', '-1', '-i', clip, '-c', 'copy', '-f', 'flv', url],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )

const watch = (url: string) => {
  let lastMs = performance.now()
  const viewer = { gapMaxMs: 0, isLost: false, stop: () => void request.destroy() }
  const request = get(url, response => {
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
