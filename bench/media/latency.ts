import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { median, percentile, reporter } from '../lib/report.ts'
import { startCamera } from './camera.ts'
import type { MediaUnderTest } from './media-under-test.ts'
import { startNginx } from './nginx-peer.ts'
import { startSite } from './site.ts'
import { openBrowser, type PlayerName, type Watched, watch } from './viewer.ts'

const report = reporter('media')

export type LatencyOptions = {
  readonly rounds: number
  readonly seconds: number
  readonly folder: string
}

type Path = { readonly name: string; readonly player: PlayerName; readonly url: string }

/** Until every peer has its first segments listed. */
const WARM_UP_MS = 8_000

/**
 * Glass to glass: from the moment a picture is made to the moment a browser shows it. One camera
 * feeds all servers at once; one viewer at a time watches each path, in turns.
 */
export const measureLatency = async (
  media: MediaUnderTest,
  options: LatencyOptions,
): Promise<void> => {
  const { folder } = options
  const site = await startSite(folder)
  const nginx = await startNginx(folder).catch((error: unknown) => {
    process.stderr.write(`skipped nginx-rtmp: ${String(error).split('\n')[0]}\n`)
    return undefined
  })
  await mkdir(join(folder, 'ffmpeg-hls'), { recursive: true })
  const hls = 'f=hls:hls_time=2:hls_segment_type=fmp4:hls_list_size=6:hls_flags=delete_segments'
  const outputs = [
    `[f=flv]${media.ingestUrl('key-clock')}`,
    `[${hls}]${join(folder, 'ffmpeg-hls/index.m3u8')}`,
    ...(nginx ? [`[f=flv]${nginx.ingestUrl}`] : []),
  ]
  const paths: Path[] = [
    { name: 'flv', player: 'mpegts', url: media.playUrl('clock', 'clock.flv') },
    { name: 'whep', player: 'whep', url: media.whepUrl('clock') },
    { name: 'llhls', player: 'llhls', url: media.playUrl('clock', 'clock/index.m3u8') },
    { name: 'ffmpeg-hls-2s', player: 'hls', url: `${site.url}/ffmpeg-hls/index.m3u8` },
    ...(nginx
      ? [{ name: 'nginx-rtmp-hls-1s', player: 'hls', url: site.url + nginx.playPath } as const]
      : []),
  ]
  const camera = startCamera(outputs)
  try {
    await sleep(WARM_UP_MS)
    reportPaths(await watchAll(paths, { ...options, siteUrl: site.url }))
  } finally {
    camera.stop()
    nginx?.stop()
    site.stop()
  }
}

const watchAll = async (
  paths: readonly Path[],
  { rounds, seconds, folder, siteUrl }: LatencyOptions & { siteUrl: string },
): Promise<Map<string, Watched[]>> => {
  const browser = await openBrowser()
  const seen = new Map<string, Watched[]>(paths.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const { name, player, url } of paths) {
      const pictureFile = join(folder, `${name}.png`)
      const watched = await watch(browser, { siteUrl, player, url, seconds, pictureFile })
      const { latenciesMs, longestFreezeMs, stallCount, unreadableCount, errors } = watched
      const facts = {
        frames: latenciesMs.length,
        longestFreezeMs,
        stallCount,
        unreadableCount,
        errors,
      }
      process.stderr.write(`${name} ${JSON.stringify(facts)}\n`)
      seen.get(name)?.push(watched)
    }
  }
  await browser.close()
  return seen
}

const OURS = ['flv', 'whep', 'llhls']

const reportPaths = (seen: Map<string, Watched[]>): void => {
  const measures: Record<string, (watched: Watched) => number> = {
    latency_p50_ms: ({ latenciesMs }) => percentile(latenciesMs, 0.5),
    latency_p95_ms: ({ latenciesMs }) => percentile(latenciesMs, 0.95),
    join_ms: ({ joinMs }) => joinMs,
  }
  for (const [measure, of] of Object.entries(measures)) {
    const figure = (name: string) => median((seen.get(name) ?? []).map(of))
    const isPeer = (name: string) => !OURS.includes(name) && !Number.isNaN(figure(name))
    const peers = [...seen.keys()].filter(isPeer)
    for (const name of OURS) {
      const runs = seen.get(name)?.length ?? 0
      for (const peer of peers) {
        report({
          metric: `${name}_${measure}`,
          value: figure(name),
          unit: 'ms',
          runs,
          peer: { name: peer, value: figure(peer) },
        })
      }
    }
  }
}
