import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { median, reporter } from '../lib/report.ts'
import type { MediaUnderTest } from './media-under-test.ts'

const report = reporter('media')

const TEST_PICTURE = [
  ...['-v', 'quiet', '-re', '-f', 'lavfi', '-i', 'testsrc'],
  ...['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-t', '20', '-f', 'flv'],
]
const POLL_MS = 20
const ATTEMPTS_MAX = 500

/** How soon whoever may not publish, or not any more, is off: until the whole ffmpeg has ended. */
export const measureCuts = async (media: MediaUnderTest, rounds: number): Promise<void> => {
  const [wrongKey, kick]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    wrongKey.push(await timeOf(() => once(publish(media, 'wrong'), 'close')))
    const name = `kick${round}`
    const closed = once(publish(media, `key-${name}`), 'close')
    await waitFor(media, name)
    kick.push(await timeOf(() => Promise.all([closed, media.control.kick(name, 'banned')])))
  }
  report({ metric: 'wrong_key_cut_ms', value: median(wrongKey), unit: 'ms', runs: rounds })
  report({ metric: 'kick_cut_ms', value: median(kick), unit: 'ms', runs: rounds })
}

const publish = (media: MediaUnderTest, key: string) =>
  spawn('ffmpeg', [...TEST_PICTURE, media.ingestUrl(key)], { stdio: 'ignore' })

const waitFor = async (media: MediaUnderTest, streamId: string): Promise<void> => {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const streams = await media.control.streams()
    if (streams.some(stream => stream.streamId === streamId)) return
    await sleep(POLL_MS)
  }
  throw new Error(`${streamId} was never there`)
}

const timeOf = async (act: () => Promise<unknown>): Promise<number> => {
  const startedAtMs = performance.now()
  await act()
  return performance.now() - startedAtMs
}
