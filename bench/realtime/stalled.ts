import { fork } from 'node:child_process'
import { median, reporter } from '../lib/report.ts'
import { kaiboVisit } from './contenders.ts'
import { answerOf, nodePeer, openStage, type Run, rssOf } from './stage.ts'
import type { Resumed } from './stallers.ts'

const healthyCount = 200
const stalledCount = 10
const rounds = 2
/** 550 kB a second for each viewer: kernel and process hold some seconds of it for a stalled socket. */
const calm: Run = { count: 10_000, perSec: 2_500, lane: 'mixed' }
const long: Run = { ...calm, count: 25_000 }

/** One viewer in twenty stops reading: what the others notice, and what the stalled ones lost. */
export async function measureStalled(): Promise<void> {
  const stage = await openStage(nodePeer('kaibo', { KAIBO_BENCH_TICK_MS: '50' }))
  await stage.seat({ ...kaiboVisit, count: healthyCount })
  const stallers = fork(new URL('./stallers.ts', import.meta.url))
  const tickets = stage.tickets.slice(healthyCount)
  await answerOf(stallers, { port: stage.port, tickets, count: stalledCount })
  await stage.run({ ...calm, count: 1_500 })
  const ratios: number[] = []
  const growths: number[] = []
  const resumed: Resumed[] = []
  for (let round = 0; round < rounds; round++) {
    const before = await stage.run(calm)
    const rssBytes = rssOf(stage.pid)
    await answerOf(stallers, 'stall')
    const during = await stage.run(long)
    growths.push((rssOf(stage.pid) - rssBytes) / stalledCount)
    ratios.push(during.latencyMsP99 / before.latencyMsP99)
    resumed.push(await answerOf(stallers, 'resume'))
  }
  const report = reporter('realtime', `${healthyCount} viewers read, ${stalledCount} do not`)
  const tell = (metric: string, unit: string, value: number) =>
    report({ metric: `stalled.${metric}`, unit, value, runs: rounds })
  const sum = (pick: (each: Resumed) => number) =>
    resumed.reduce((all, each) => all + pick(each), 0)
  tell('healthyP99Ratio', 'ratio', median(ratios))
  tell('rssGrowthPerStalled', 'bytes', median(growths))
  tell('sentAway', 'sockets', stage.facts().slowClosedCount ?? 0)
  tell(
    'orderedLost',
    'items',
    sum(each => each.lostCount),
  )
  tell(
    'resyncs',
    'snapshots',
    sum(each => each.resyncCount),
  )
  stallers.kill()
  stage.close()
}
