import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { median, reporter } from '../lib/report.ts'
import type { MediaUnderTest } from './media-under-test.ts'

const report = reporter('media')

/** How long a publisher with a wrong key stays connected, measured as a whole ffmpeg run. */
export const measureWrongKey = async (media: MediaUnderTest, rounds: number): Promise<void> => {
  const durations: number[] = []
  for (let round = 0; round < rounds; round++) {
    const startedAtMs = performance.now()
    const child = spawn(
      'ffmpeg',
      [
        '-v',
        'quiet',
        '-re',
        '-f',
        'lavfi',
        '-i',
        'testsrc',
        '-c:v',
        'libx264',
        '-t',
        '20',
        '-f',
        'flv',
        media.ingestUrl('wrong'),
      ],
      { stdio: 'ignore' },
    )
    await once(child, 'close')
    durations.push(performance.now() - startedAtMs)
  }
  report({ metric: 'wrong_key_cut_ms', value: median(durations), unit: 'ms', runs: rounds })
}
