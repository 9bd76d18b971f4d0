import { setTimeout as delay } from 'node:timers/promises'
import { reporter } from '../lib/report.ts'
import { cpuMsOf } from '../lib/server.ts'
import { type Contender, openContenders } from './contenders.ts'
import { rssOf } from './stage.ts'

/** The first thousand pay for what the process needs anyway. */
const firstCount = 1_000
const idleCount = 10_000
const settleMs = 2_000

type Idle = { rssBytes: number; handshakeCpuUs: number }

/** What a viewer who only listens costs the server: memory, and processor time of the handshake. */
export async function measureIdle(names: readonly string[]): Promise<void> {
  const results = new Map<string, Idle>()
  for (const name of names) {
    for (const contender of await openContenders([name])) {
      results.set(name, await measure(contender))
      contender.stage.close()
    }
  }
  const report = reporter('realtime', `${idleCount} idle viewers`)
  const { kaibo: ours, ...peers } = Object.fromEntries(results)
  if (!ours) return
  for (const [name, theirs] of Object.entries(peers)) {
    const figure = (metric: string, unit: string, pick: (each: Idle) => number) =>
      report({ metric, unit, value: pick(ours), runs: 1, peer: { name, value: pick(theirs) } })
    figure('idle.rssPerViewer', 'bytes', each => each.rssBytes)
    figure('idle.handshakeCpu', 'us', each => each.handshakeCpuUs)
  }
}

async function measure({ stage, visit }: Contender): Promise<Idle> {
  await stage.seat({ ...visit, count: firstCount })
  await delay(settleMs)
  const [rss, cpuMs] = [rssOf(stage.pid), cpuMsOf(stage.pid)]
  await stage.seat({ ...visit, count: idleCount }, 1)
  const handshakeCpuUs = ((cpuMsOf(stage.pid) - cpuMs) * 1_000) / idleCount
  await delay(settleMs)
  return { rssBytes: (rssOf(stage.pid) - rss) / idleCount, handshakeCpuUs }
}
