import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measureCpu } from './cpu.ts'
import { measureCuts } from './cuts.ts'
import { fuzz } from './fuzz.ts'
import { measureLatency } from './latency.ts'
import { measureCapacity } from './long/capacity.ts'
import { measureStalled } from './long/stalled.ts'
import { startMedia } from './media-under-test.ts'
import { measureResume } from './resume.ts'
import { measureWebRtc } from './webrtc.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '12' },
    only: { type: 'string', default: 'key,cpu,latency,resume,webrtc,stalled' },
    minutes: { type: 'string', default: '1' },
    connections: { type: 'string', default: '10000' },
    keep: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)
const parts = values.only.split(',')
const folder = await mkdtemp(join(tmpdir(), 'kaibo-bench-media-'))
const media = await startMedia({ KAIBO_RECORDINGS_DIR: join(folder, 'recordings') })
try {
  if (parts.includes('key')) await measureCuts(media, rounds)
  if (parts.includes('cpu')) await measureCpu(media, { rounds, seconds, folder })
  if (parts.includes('latency')) await measureLatency(media, { rounds, seconds, folder })
  if (parts.includes('webrtc')) await measureWebRtc(media, { rounds, seconds, folder })
  if (parts.includes('resume')) await measureResume(media, { rounds, folder })
  if (parts.includes('stalled')) await measureStalled(media, folder)
  if (parts.includes('fuzz')) await fuzz(Number(values.connections))
  if (parts.includes('capacity')) {
    await measureCapacity({ seconds: Number(values.minutes) * 60, folder })
  }
} finally {
  media.stop()
  if (values.keep) process.stderr.write(`files are in ${folder}\n`)
  else await rm(folder, { recursive: true, force: true })
}
process.exit()
