import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { cpus } from 'node:os'
import type { Mode } from './server.ts'

const viewerCount = 500
const messageCount = 80
const perSec = 40
const runCount = 3
const modes: readonly Mode[] = ['ws', 'ordered', 'tick-50', 'tick-100']
const conditions = `${viewerCount} viewers, ${perSec} items/s of 200 B, loopback, ${cpus().length} cores`

type Measured = { cpuUsPerDelivery: number; latencyMsP99: number; deliveredShare: number }

const serverFile = new URL('./server.ts', import.meta.url)
const viewersFile = new URL('./viewers.ts', import.meta.url)

const start = (file: URL, args: string[] = []): ChildProcess =>
  fork(file, args, {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })

const answer = async (child: ChildProcess) => (await once(child, 'message'))[0]

async function measure(mode: Mode): Promise<Measured> {
  const server = start(serverFile, [mode, String(messageCount), String(perSec)])
  const viewers = start(viewersFile)
  try {
    const { port, tickets } = await answer(server)
    const isOurs = mode !== 'ws'
    viewers.send({ port, tickets: tickets.slice(0, viewerCount), isOurs })
    await answer(viewers)
    server.send('run')
    const { cpuUs } = await answer(server)
    viewers.send('report')
    const { deliveryCount, latencyMsP99 } = await answer(viewers)
    const deliveredShare = deliveryCount / (viewerCount * messageCount)
    return { cpuUsPerDelivery: cpuUs / deliveryCount, latencyMsP99, deliveredShare }
  } finally {
    server.kill()
    viewers.kill()
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const results = new Map<Mode, Measured[]>(modes.map(mode => [mode, []]))
for (let run = 0; run < runCount; run++) {
  for (const mode of modes) results.get(mode)?.push(await measure(mode))
}

const metrics = [
  ['cpuUsPerDelivery', 'us'],
  ['latencyMsP99', 'ms'],
  ['deliveredShare', 'share'],
] as const
for (const [metric, unit] of metrics) {
  const of = (mode: Mode) => median((results.get(mode) ?? []).map(each => each[metric]))
  for (const mode of modes.slice(1)) {
    const line = {
      bench: 'realtime',
      metric: `${mode}.${metric}`,
      value: Number(of(mode).toFixed(3)),
      unit,
      peer: 'ws send loop',
      ratio: Number((of(mode) / of('ws')).toFixed(3)),
      runs: runCount,
      conditions,
    }
    console.log(JSON.stringify(line))
  }
}
