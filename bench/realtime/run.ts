import { entries, openContenders } from './contenders.ts'
import { measureFanOut } from './fan-out.ts'
import { fuzz } from './fuzz.ts'
import { measureIdle } from './idle.ts'
import { measurePeak } from './peak.ts'
import { measureStalled } from './stalled.ts'

/** `npm run bench -- realtime [case …]`: all cases without a name. */
const cases: Readonly<Record<string, () => Promise<void>>> = {
  'fan-out': async () => measureFanOut(await openContenders(Object.keys(entries))),
  peak: measurePeak,
  idle: async () => measureIdle(['kaibo', 'ws', 'socket-io', 'bun']),
  stalled: measureStalled,
  fuzz,
}

const wanted = process.argv.slice(2)
for (const [name, run] of Object.entries(cases)) {
  if (wanted.length === 0 || wanted.includes(name)) await run()
}
process.exit(0)
