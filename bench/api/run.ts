import type { ChildProcess } from 'node:child_process'
import { median, reporter } from '../lib/report.ts'
import { answerOf, cpuMsOf, freePort, newInstallation, start, stop } from '../lib/server.ts'
import { ask } from './load.ts'

const runCount = 5
const warmUpCount = 2_000
const readCount = 3_000
const report = reporter('api', `${readCount} reads, 16 at a time`)

/** Server time of one read, in milliseconds. */
async function measure(child: ChildProcess, url: string): Promise<number> {
  const before = cpuMsOf(child.pid ?? 0)
  await ask(url, readCount)
  return (cpuMsOf(child.pid ?? 0) - before) / readCount
}

// The room is brought on air by a whole server; the reads go to a process that is the API alone, so
// that nothing else is in its time.
const { settings, remove } = await newInstallation()
const whole = start('apps/server/src/main.ts', settings)
const feed = await answerOf(`http://127.0.0.1:${settings.PORT}/api/live`, text =>
  text.includes('"state":"live"'),
)
const room = `/api/live/${JSON.parse(feed).items[0].id}`
const port = await freePort()
const ours = start('apps/server/src/main.ts', {
  ...settings,
  PORT: String(port),
  KAIBO_ROLES: 'api',
})
const bodies: Record<string, string> = {}
for (const path of ['/api/live', room])
  bodies[path] = await answerOf(`http://127.0.0.1:${port}${path}`)
const barePort = await freePort()
const bare = start('bench/api/bare.ts', { PORT: String(barePort), BODIES: JSON.stringify(bodies) })

for (const [name, path] of [
  ['feed', '/api/live'],
  ['room', room],
] as const) {
  const [own, peer] = [`http://127.0.0.1:${port}${path}`, `http://127.0.0.1:${barePort}${path}`]
  await answerOf(peer)
  await ask(own, warmUpCount)
  await ask(peer, warmUpCount)
  const times: number[] = []
  const peerTimes: number[] = []
  for (let run = 0; run < runCount; run++) {
    times.push(await measure(ours, own))
    peerTimes.push(await measure(bare, peer))
  }
  report({
    metric: `${name}.cpu_per_read`,
    value: median(times),
    unit: 'ms',
    runs: runCount,
    peer: { name: 'bare Fastify', value: median(peerTimes) },
  })
}
await Promise.all([stop(bare), stop(ours)])
await stop(whole)
remove()
