import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type RtcViewer, watchRtc } from '@kaibo/media/testing/rtc-viewer'
import { median, percentile, reporter } from '../lib/report.ts'
import { cpuSecOf } from './cpu.ts'
import type { MediaUnderTest } from './media-under-test.ts'
import { startSite } from './site.ts'
import { openBrowser, watch } from './viewer.ts'

const report = reporter('media')

export type WebRtcOptions = {
  readonly rounds: number
  readonly seconds: number
  readonly folder: string
}

const VIEWERS = 8
const SETTLE_MS = 3_000
const JOIN_ATTEMPTS_MAX = 30
const JOIN_PAUSE_MS = 1_000
const LEAVE_PAUSE_MS = 2_000
const MICROSECONDS = 1e6
const PACKETS = 'kaibo_media_webrtc_packets_total'

/** What a packet costs on its way out, and how long a picture is on its way from browser to browser. */
export const measureWebRtc = async (
  media: MediaUnderTest,
  options: WebRtcOptions,
): Promise<void> => {
  await measureForwarding(media, options)
  await measureGlassToGlass(media, options)
}

/** A 720p stream of 2 Mbps without B-frames, encoded while it is sent. */
const startEncoder = (url: string) =>
  spawn(
    'ffmpeg',
    [
      ...['-v', 'error', '-re', '-f', 'lavfi', '-i', 'testsrc2=s=1280x720:r=30'],
      ...['-f', 'lavfi', '-i', 'sine=440:r=48000', '-c:v', 'libx264', '-preset', 'ultrafast'],
      ...['-tune', 'zerolatency', '-pix_fmt', 'yuv420p', '-g', '30', '-b:v', '2M'],
      ...['-minrate', '2M', '-maxrate', '2M', '-bufsize', '1M', '-x264-params', 'nal-hrd=cbr'],
      ...['-c:a', 'aac', '-b:a', '96k', '-f', 'flv', url],
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )

/** Processor time of the media process per packet that it sent, above that of no viewers. */
const measureForwarding = async (
  media: MediaUnderTest,
  { rounds, seconds }: WebRtcOptions,
): Promise<void> => {
  const encoder = startEncoder(media.ingestUrl('key-forward'))
  await sleep(SETTLE_MS)
  const costs: number[] = []
  for (let round = 0; round < rounds; round++) {
    const alone = await measureCost(media, seconds)
    const viewers: RtcViewer[] = []
    for (let count = 0; count < VIEWERS; count++) viewers.push(await joinWhenRoom(media, 'forward'))
    await sleep(SETTLE_MS)
    const crowded = await measureCost(media, seconds)
    await Promise.all(viewers.map(viewer => viewer.stop()))
    await silence(media)
    costs.push(((crowded.core - alone.core) / crowded.packetsPerSec) * MICROSECONDS)
    process.stderr.write(`forwarding ${JSON.stringify({ alone, crowded })}\n`)
  }
  encoder.kill('SIGKILL')
  report({ metric: 'webrtc_forward_us', value: median(costs), unit: 'µs/packet', runs: rounds })
}

/** Until the last viewer is known to have left: whoever goes without a word is waited for. */
const silence = async (media: MediaUnderTest): Promise<void> => {
  for (let before = -1, now = 0; before !== now; ) {
    before = now
    await sleep(LEAVE_PAUSE_MS)
    now = await media.metric(PACKETS)
  }
}

/** A machine that is busy refuses viewers: asks again until there is room. */
const joinWhenRoom = async (media: MediaUnderTest, streamId: string): Promise<RtcViewer> => {
  for (let attempt = 0; attempt < JOIN_ATTEMPTS_MAX; attempt++) {
    try {
      return await watchRtc(media.whepUrl(streamId))
    } catch (error) {
      process.stderr.write(`${String(error)}\n`)
      await sleep(JOIN_PAUSE_MS)
    }
  }
  throw new Error('no room for a viewer')
}

const measureCost = async (
  media: MediaUnderTest,
  seconds: number,
): Promise<{ core: number; packetsPerSec: number }> => {
  const packets = () => media.metric(PACKETS)
  const [startedAtMs, startedSec, before] = [
    performance.now(),
    cpuSecOf(media.pid),
    await packets(),
  ]
  await sleep(seconds * 1000)
  const passedSec = (performance.now() - startedAtMs) / 1000
  return {
    core: (cpuSecOf(media.pid) - startedSec) / passedSec,
    packetsPerSec: ((await packets()) - before) / passedSec,
  }
}

/** Chromium to Chromium: WHIP in, WHEP out; each round joins anew. */
const measureGlassToGlass = async (
  media: MediaUnderTest,
  { rounds, seconds, folder }: WebRtcOptions,
): Promise<void> => {
  const site = await startSite(folder)
  const browser = await openBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 640, height: 360 } })
    const query = new URLSearchParams({ url: media.whipUrl, key: 'key-browser' })
    await page.goto(`${site.url}/publisher.html?${query}`)
    await page.evaluate('window.published')
    await sleep(SETTLE_MS)
    const seen: { joinMs: number; p50: number; p95: number }[] = []
    for (let round = 0; round < rounds; round++) {
      const url = media.whepUrl('browser')
      const pictureFile = join(folder, 'webrtc.png')
      const show = { siteUrl: site.url, player: 'whep', url, seconds, pictureFile } as const
      const { latenciesMs, ...facts } = await watch(browser, show)
      const { joinMs } = facts
      process.stderr.write(`webrtc ${JSON.stringify({ frames: latenciesMs.length, ...facts })}\n`)
      const [p50, p95] = [percentile(latenciesMs, 0.5), percentile(latenciesMs, 0.95)]
      seen.push({ joinMs, p50, p95 })
    }
    const maySend = Number(await page.evaluate('window.maySend()')) / 1_000
    report({ metric: 'whip_may_send', value: maySend, unit: 'kbit/s', runs: 1 })
    const figure = (metric: string, value: number) =>
      report({ metric: `webrtc_${metric}`, value, unit: 'ms', runs: rounds })
    figure('latency_p50_ms', median(seen.map(({ p50 }) => p50)))
    figure('latency_p95_ms', median(seen.map(({ p95 }) => p95)))
    figure('join_ms', median(seen.map(({ joinMs }) => joinMs)))
  } finally {
    await browser.close()
    site.stop()
  }
}
