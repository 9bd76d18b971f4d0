import type { ChildProcess } from 'node:child_process'
import { median, reporter } from '../lib/report.ts'
import { answerOf, cpuMsOf, freePort, newInstallation, start, stop } from '../lib/server.ts'
import { ask } from './load.ts'

const runCount = 5
const warmUpCount = 2_000
const readCount = 3_000
const concurrencies = [1, 16] as const
const report = reporter('api', `${readCount} reads`)

/** Server time of one read, in milliseconds. */
async function measure(
  child: ChildProcess,
  { url, concurrency }: { url: string; concurrency: number },
): Promise<number> {
  const before = cpuMsOf(child.pid ?? 0)
  await ask({ url, count: readCount, concurrency })
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

async function compare(name: string, path: string, concurrency: number): Promise<void> {
  const own = { url: `http://127.0.0.1:${port}${path}`, concurrency }
  const peer = { url: `http://127.0.0.1:${barePort}${path}`, concurrency }
  const times: number[] = []
  const peerTimes: number[] = []
  for (let run = 0; run < runCount; run++) {
    times.push(await measure(ours, own))
    peerTimes.push(await measure(bare, peer))
  }
  report({
    metric: `${name}.cpu_per_read.${concurrency}_at_a_time`,
    value: median(times),
    unit: 'ms',
    runs: runCount,
    peer: { name: 'bare Fastify', value: median(peerTimes) },
  })
}

await answerOf(`http://127.0.0.1:${barePort}${room}`)
for (const [name, path] of Object.entries({ feed: '/api/live', room })) {
  for (const url of [`http://127.0.0.1:${port}${path}`, `http://127.0.0.1:${barePort}${path}`])
    await ask({ url, count: warmUpCount, concurrency: 16 })
  for (const concurrency of concurrencies) await compare(name, path, concurrency)
}
await Promise.all([stop(bare), stop(ours)])
await stop(whole)
remove()
