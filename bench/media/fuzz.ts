import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readTags } from '@kaibo/media/flv/tag'
import { publishFlvLoop } from '@kaibo/media/rtmp/publish-loop'
import { makeClip } from '@kaibo/media/testing/clip'
import { type HostileTarget, storm } from '@kaibo/media/testing/hostile'
import { reporter } from '../lib/report.ts'
import { type MediaUnderTest, startMedia } from './media-under-test.ts'

/** Below the limit of connections from one address, which the bystander shares. */
const AT_ONCE = 12
const WAVES = 10

/** Broken connections: what they do to the memory of the process and to those who do no harm. */
export const fuzz = async (connectionCount: number): Promise<void> => {
  const media = await startMedia({ KAIBO_AWAY_GRACE_SEC: '1', KAIBO_LOG_LEVEL: 'warn' })
  const folder = await mkdtemp(join(tmpdir(), 'kaibo-fuzz-'))
  const over = new AbortController()
  try {
    const clip = makeClip({ seconds: 4 })
    const file = join(folder, 'clip.flv')
    await writeFile(file, clip)
    const url = media.ingestUrl('key-victim')
    void publishFlvLoop({ url, file, signal: over.signal })
    const bystander = await watch(media, over.signal)
    const target: HostileTarget = {
      rtmpPort: media.ports.rtmp,
      httpPort: media.ports.http,
      key: 'key-hostile',
      film: [...readTags(clip)],
      playPaths: ['victim.flv', 'victim/index.m3u8', 'victim/hls.m3u8', 'hostile.flv'].map(path =>
        new URL(media.playUrl(path.split(/[./]/)[0] ?? '', path)).href.replace(/^.*?:\d+/, ''),
      ),
    }
    await rage(media, { target, connectionCount, bystander })
  } finally {
    over.abort()
    media.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

const rage = async (
  media: MediaUnderTest,
  of: { target: HostileTarget; connectionCount: number; bystander: Bystander },
): Promise<void> => {
  const { target, connectionCount, bystander } = of
  const report = reporter('media', `${connectionCount} broken connections, ${AT_ONCE} at once`)
  const count = Math.ceil(connectionCount / WAVES)
  const sizes: number[] = []
  for (let wave = 0; wave < WAVES; wave++) {
    await storm(target, { seed: wave * count, count, atOnce: AT_ONCE })
    sizes.push(rssBytesOf(media.pid))
    process.stderr.write(`${(wave + 1) * count} connections, ${sizes.at(-1)} bytes\n`)
  }
  // Buffers of the bystander and the lazy growth of the heap are over by half-time.
  const growth = (sizes.at(-1) ?? 0) - (sizes[WAVES / 2 - 1] ?? 0)
  report({ metric: 'fuzz_rss_growth_bytes', unit: 'bytes', value: growth, runs: 1 })
  report({ metric: 'fuzz_bystander_gap_ms', unit: 'ms', value: bystander.gapMaxMs, runs: 1 })
  report({ metric: 'fuzz_bystander_losses', unit: 'times', value: bystander.lossCount, runs: 1 })
}

/** Of Linux; throws when the process is gone, which is the worst a fuzzer can find. */
const rssBytesOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024

type Bystander = { gapMaxMs: number; lossCount: number }

/** A viewer of the victim's stream, who counts how long nothing came and how often all was lost. */
const watch = async (media: MediaUnderTest, signal: AbortSignal): Promise<Bystander> => {
  const seen: Bystander = { gapMaxMs: 0, lossCount: 0 }
  const open = async () => {
    for (;;) {
      const answer = await fetch(media.playUrl('victim', 'victim.flv'), { signal })
      if (answer.status === 200 && answer.body) return answer.body
      await new Promise(resolve => setTimeout(resolve, 200))
    }
  }
  const read = async (body: Awaited<ReturnType<typeof open>>) => {
    let lastMs = performance.now()
    for await (const _ of body) {
      seen.gapMaxMs = Math.max(seen.gapMaxMs, performance.now() - lastMs)
      lastMs = performance.now()
    }
  }
  const follow = async (first: Awaited<ReturnType<typeof open>>) => {
    let body = first
    while (!signal.aborted) {
      await read(body)
      seen.lossCount += 1
      body = await open()
    }
  }
  follow(await open()).catch(() => {})
  return seen
}
