import { median, reporter } from '../lib/report.ts'
import { kaiboVisit } from './contenders.ts'
import { type Measured, nodePeer, openStage, type Run } from './stage.ts'

const viewerCount = 2_000
const rounds = 3
const run: Run = { count: 2_200, perSec: 600, lane: 'social' }

/** How much one process delivers to a room of 2 000 at a tick of 50 ms, all features on. */
export async function measurePeak(): Promise<void> {
  const stage = await openStage(nodePeer('kaibo', { KAIBO_BENCH_TICK_MS: '50' }))
  await stage.seat({ ...kaiboVisit, count: viewerCount }, 2)
  await stage.run({ ...run, count: 300 })
  const all: Measured[] = []
  for (let round = 0; round < rounds; round++) all.push(await stage.run(run))
  const report = reporter('realtime', `${viewerCount} viewers, ${run.perSec} items/s, tick 50 ms`)
  const tell = (metric: string, unit: string, pick: (each: Measured) => number) =>
    report({ metric: `peak.${metric}`, unit, value: median(all.map(pick)), runs: rounds })
  tell('deliveriesPerSec', 'items/s', each => (each.deliveryCount * 1_000) / each.tookMs)
  tell('coreShare', 'cores', each => each.cpuMs / each.tookMs)
  tell('latencyP50', 'ms', each => each.latencyMsP50)
  tell('latencyP99', 'ms', each => each.latencyMsP99)
  tell('lostDeliveries', 'items', each => each.lostCount)
  report({ metric: 'peak.slice', unit: 'ms', value: stage.facts().sliceMsMax ?? 0, runs: rounds })
  stage.close()
}
