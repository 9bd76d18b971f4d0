import { fork } from 'node:child_process'
import { median, reporter } from '../lib/report.ts'
import { kaiboVisit } from './contenders.ts'
import { answerOf, nodePeer, openStage, type Run, rssOf } from './stage.ts'
import type { Resumed } from './stallers.ts'

const healthyCount = 300
const stalledCount = 15
const rounds = 2
/** 330 kB a second for each viewer; the stalled ones come through a pipe that holds half a second of it. */
const calm: Run = { count: 7_500, perSec: 1_500, lane: 'mixed' }
/** Who takes nothing for ten seconds is sent away with the next ordered item. */
const long: Run = { ...calm, count: 18_000 }

/** One viewer in twenty stops reading: what the others notice, and what the stalled ones lost. */
export async function measureStalled(): Promise<void> {
  const stage = await openStage(nodePeer('kaibo', { KAIBO_BENCH_TICK_MS: '50' }))
  await stage.seat({ ...kaiboVisit, count: healthyCount })
  const stallers = fork(new URL('./stallers.ts', import.meta.url))
  const tickets = stage.tickets.slice(healthyCount)
  await answerOf(stallers, { pipe: stage.pipe, tickets, count: stalledCount })
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
