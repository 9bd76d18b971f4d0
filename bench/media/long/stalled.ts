import { spawn } from 'node:child_process'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { reporter } from '../../lib/report.ts'
import { makeClip } from '../cpu.ts'
import { rssOf } from '../family.ts'
import type { MediaUnderTest } from '../media-under-test.ts'
import { startNodeMediaServer } from '../peers/node-media-server.ts'

const VIEWERS = 8
const FILM = { rate: '16M', noise: 40 }
/** Until the stream is there and the first buffers are. */
const SETTLE_MS = 8_000
/** Long enough for more than the kernel takes for a socket. */
const STALLED_MS = 40_000

/**
 * Viewers that ask for a stream and read none of it: what they do to the memory of a server. One
 * encoder feeds both servers.
 */
export const measureStalled = async (media: MediaUnderTest, folder: string): Promise<void> => {
  const clip = await makeClip(folder, FILM)
  const nms = await startNodeMediaServer(folder).catch((error: unknown) => {
    process.stderr.write(`skipped node-media-server: ${String(error).split('\n')[0]}\n`)
    return undefined
  })
  const outputs = [media.ingestUrl('key-stalled'), ...(nms ? [nms.ingestUrl('stalled')] : [])]
  const input = ['-v', 'error', '-re', '-stream_loop', '-1', '-i', clip, '-map', '0', '-c', 'copy']
  const tee = outputs.map(url => `[f=flv]${url}`).join('|')
  const encoder = spawn('ffmpeg', [...input, '-f', 'tee', tee], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  await sleep(SETTLE_MS)
  const ours = await growthOf(media.pid, media.playUrl('stalled', 'stalled.flv'))
  const theirs = nms ? await growthOf(nms.pid, nms.flvUrl('stalled')) : undefined
  encoder.kill('SIGKILL')
  nms?.stop()
  reporter(
    'media',
    `${VIEWERS} viewers, ${FILM.rate}bit/s, ${STALLED_MS / 1_000} s`,
  )({
    metric: 'stalled_viewers_rss_growth_bytes',
    value: ours,
    unit: 'bytes',
    runs: 1,
    ...(theirs === undefined ? {} : { peer: { name: 'node-media-server', value: theirs } }),
  })
}

/** How much a process grows at most while they stand there. */
const growthOf = async (pid: number, url: string): Promise<number> => {
  const before = rssOf(pid)
  const { port, pathname, search } = new URL(url)
  const viewers = Array.from({ length: VIEWERS }, () => {
    const socket = connect(Number(port), '127.0.0.1').on('error', () => {})
    socket.pause()
    socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    return socket
  })
  let most = before
  for (const untilMs = Date.now() + STALLED_MS; Date.now() < untilMs; await sleep(500)) {
    most = Math.max(most, rssOf(pid))
  }
  for (const viewer of viewers) viewer.destroy()
  return most - before
}
