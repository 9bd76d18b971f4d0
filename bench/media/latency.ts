import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { median, percentile, reporter } from '../lib/report.ts'
import { startCamera } from './camera.ts'
import type { MediaUnderTest } from './media-under-test.ts'
import { startNginx } from './peers/nginx.ts'
import { startNodeMediaServer } from './peers/node-media-server.ts'
import { startSite } from './site.ts'
import { measureJoin, openBrowser, type PlayerName, type Watched, watch } from './viewer.ts'

const report = reporter('media')

export type LatencyOptions = {
  readonly rounds: number
  readonly seconds: number
  readonly folder: string
}

type Path = { readonly name: string; readonly player: PlayerName; readonly url: string }

/** Until every peer has its first segments listed. */
const WARM_UP_MS = 8_000
const JOINS = 12

/**
 * Glass to glass: from the moment a picture is made to the moment a browser shows it. One camera
 * feeds all servers at once; one viewer at a time opens and then watches each path, in turns.
 */
export const measureLatency = async (
  media: MediaUnderTest,
  options: LatencyOptions,
): Promise<void> => {
  const { folder } = options
  const site = await startSite(folder)
  const nginx = await orSkip('nginx-rtmp', startNginx(folder))
  const nms = await orSkip('node-media-server', startNodeMediaServer(folder))
  await mkdir(join(folder, 'ffmpeg-hls'), { recursive: true })
  const hls = 'f=hls:hls_time=2:hls_segment_type=fmp4:hls_list_size=6:hls_flags=delete_segments'
  const outputs = [
    `[f=flv]${media.ingestUrl('key-clock')}`,
    `[${hls}]${join(folder, 'ffmpeg-hls/index.m3u8')}`,
    ...(nginx ? [`[f=flv]${nginx.ingestUrl}`] : []),
    ...(nms ? [`[f=flv]${nms.ingestUrl('clock')}`] : []),
  ]
  const paths: Path[] = [
    { name: 'flv', player: 'mpegts', url: media.playUrl('clock', 'clock.flv') },
    ...(nms
      ? [{ name: 'node-media-server', player: 'mpegts', url: nms.flvUrl('clock') } as const]
      : []),
    { name: 'whep', player: 'whep', url: media.whepUrl('clock') },
    { name: 'llhls', player: 'llhls', url: media.playUrl('clock', 'clock/index.m3u8') },
    { name: 'ffmpeg-hls-2s', player: 'hls', url: `${site.url}/ffmpeg-hls/index.m3u8` },
    ...(nginx
      ? [{ name: 'nginx-rtmp-hls-1s', player: 'hls', url: site.url + nginx.playPath } as const]
      : []),
  ]
  const camera = startCamera(outputs)
  const browser = await openBrowser()
  try {
    await sleep(WARM_UP_MS)
    const stage = { browser, siteUrl: site.url, paths }
    reportJoins(await joinAll(stage))
    reportLatencies(await watchAll(stage, options))
  } finally {
    await browser.close()
    camera.stop()
    nginx?.stop()
    nms?.stop()
    site.stop()
  }
}

/** A peer that cannot be had is left out, with the reason on stderr. */
const orSkip = <Peer>(name: string, peer: Promise<Peer>): Promise<Peer | undefined> =>
  peer.catch((error: unknown) => {
    process.stderr.write(`skipped ${name}: ${String(error).split('\n')[0]}\n`)
    return undefined
  })

type Stage = {
  readonly browser: Browser
  readonly siteUrl: string
  readonly paths: readonly Path[]
}

/** Pages that are opened for the first picture alone, the paths in turns. */
const joinAll = async ({ browser, siteUrl, paths }: Stage): Promise<Map<string, number[]>> => {
  const seen = new Map<string, number[]>(paths.map(({ name }) => [name, []]))
  for (let round = 0; round < JOINS; round++) {
    for (const { name, player, url } of paths) {
      seen.get(name)?.push(await measureJoin(browser, { siteUrl, player, url }))
    }
  }
  process.stderr.write(`joins ${JSON.stringify(Object.fromEntries(seen))}\n`)
  return seen
}

const watchAll = async (
  { browser, siteUrl, paths }: Stage,
  { rounds, seconds, folder }: LatencyOptions,
): Promise<Map<string, Watched[]>> => {
  const seen = new Map<string, Watched[]>(paths.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const { name, player, url } of paths) {
      const pictureFile = join(folder, `${name}.png`)
      const watched = await watch(browser, { siteUrl, player, url, seconds, pictureFile })
      const { latenciesMs, ...facts } = watched
      process.stderr.write(`${name} ${JSON.stringify({ frames: latenciesMs.length, ...facts })}\n`)
      seen.get(name)?.push(watched)
    }
  }
  return seen
}

const OURS = ['flv', 'whep', 'llhls']

const reportLatencies = (seen: Map<string, Watched[]>): void => {
  for (const share of [0.5, 0.95]) {
    const figures = [...seen].map(([name, runs]): [string, number] => [
      name,
      median(runs.map(({ latenciesMs }) => percentile(latenciesMs, share))),
    ])
    const runs = Math.max(...[...seen.values()].map(each => each.length))
    compare(`latency_p${share * 100}_ms`, { figures: new Map(figures), runs })
  }
}

const reportJoins = (seen: Map<string, number[]>): void => {
  const figures = [...seen].map(([name, joins]): [string, number] => [
    name,
    percentile(joins, 0.95),
  ])
  compare('join_p95_ms', { figures: new Map(figures), runs: JOINS })
}

/** Each way of ours beside each peer. */
const compare = (
  measure: string,
  { figures, runs }: { figures: ReadonlyMap<string, number>; runs: number },
): void => {
  const peers = [...figures].filter(([name, value]) => !OURS.includes(name) && !Number.isNaN(value))
  for (const name of OURS) {
    for (const [peer, peerValue] of peers) {
      report({
        metric: `${name}_${measure}`,
        value: figures.get(name) ?? Number.NaN,
        unit: 'ms',
        runs,
        peer: { name: peer, value: peerValue },
      })
    }
  }
}
