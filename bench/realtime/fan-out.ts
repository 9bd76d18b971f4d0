import { percentile, reporter } from '../lib/report.ts'
import type { Contender } from './contenders.ts'
import type { Measured, Run } from './stage.ts'

const viewerCount = 2_000
const unbatchedRounds = 8
const busyRounds = 2
const unbatched: Run = { count: 20, perSec: 20, lane: 'ordered' }
const busy: Run = { count: 100, perSec: 100, lane: 'mixed' }

/**
 * One room of 2 000. Unbatched: 20 items a second, each on its own in the ordered lane. Busy: 100
 * items a second as a room in use has them, with everything on, against the plain loop.
 */
export async function measureFanOut(contenders: readonly Contender[]): Promise<void> {
  for (const { stage, visit } of contenders) await stage.seat({ ...visit, count: viewerCount })
  await interleave({ contenders, run: unbatched, rounds: 1 })
  const alone = await interleave({ contenders, run: unbatched, rounds: unbatchedRounds })
  tell('unbatched', alone, unbatched)
  const two = contenders.filter(({ name }) => name === 'kaibo' || name === 'ws')
  tell('busy', await interleave({ contenders: two, run: busy, rounds: busyRounds }), busy)
  for (const { stage } of contenders) stage.close()
}

type Plan = { contenders: readonly Contender[]; run: Run; rounds: number }
type Results = ReadonlyMap<string, readonly Measured[]>

/** Everybody in turn, again and again: what disturbs the machine disturbs all alike. */
async function interleave({ contenders, run, rounds }: Plan): Promise<Results> {
  const results = new Map<string, Measured[]>(contenders.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const { name, stage } of contenders) results.get(name)?.push(await stage.run(run))
  }
  return results
}

function tell(what: string, results: Results, { perSec }: Run): void {
  const report = reporter('realtime', `${viewerCount} viewers, ${perSec} items/s of 200 B`)
  const ours = results.get('kaibo') ?? []
  // Whatever else runs can only add: the lower quartile of everybody is the least disturbed.
  const cost = (all: readonly Measured[]) =>
    percentile(
      all.map(each => each.cpuUsPerDelivery),
      0.25,
    )
  for (const [name, all] of results) {
    if (name === 'kaibo') continue
    report({
      metric: `${what}.cpuUsPerDelivery`,
      value: cost(ours),
      unit: 'us',
      runs: ours.length,
      peer: { name, value: cost(all) },
    })
  }
  const lost = ours.reduce((sum, each) => sum + each.lostCount, 0)
  report({ metric: `${what}.lostDeliveries`, value: lost, unit: 'items', runs: ours.length })
}
