import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { median, reporter } from '../lib/report.ts'
import type { Mode } from './server.ts'

const viewerCount = 500
const messageCount = 80
const perSec = 40
const runCount = 3
const modes: readonly Mode[] = ['ws', 'ordered', 'tick-50', 'tick-100']
const report = reporter('realtime', `${viewerCount} viewers, ${perSec} items/s of 200 B`)

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
    report({
      metric: `${mode}.${metric}`,
      value: of(mode),
      unit,
      runs: runCount,
      peer: { name: 'ws send loop', value: of('ws') },
    })
  }
}
