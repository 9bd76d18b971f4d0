import { expectedCloseCodes, storm } from '@kaibo/testkit/hostile-sockets'
import { reporter } from '../lib/report.ts'
import { kaiboVisit } from './contenders.ts'
import { nodePeer, openStage, type Run, rssOf } from './stage.ts'

const bystanderCount = 100
const attackerCount = 2_100
const framesEach = 50
/** What is told to the bystanders meanwhile, in the ordered lane. */
const calm: Run = { count: 60, perSec: 20, lane: 'ordered' }

/** A hundred thousand hostile frames: what they do to memory and to the honest. */
export async function fuzz(): Promise<void> {
  const stage = await openStage(nodePeer('kaibo'))
  await stage.seat({ ...kaiboVisit, count: bystanderCount })
  let ticketCount = bystanderCount
  const attack = (seed: number, count: number) =>
    storm({
      ...kaiboVisit,
      port: stage.port,
      seed,
      attackerCount: count,
      framesEach,
      newTicket: () => stage.tickets[ticketCount++] ?? '',
    })
  await attack(0, 300)
  const rssBytes = rssOf(stage.pid)
  const state = { isOver: false }
  const raging = attack(1_000, attackerCount).finally(() => {
    state.isOver = true
  })
  let lostCount = 0
  while (!state.isOver) lostCount += (await stage.run(calm)).lostCount
  const { frameCount, endings } = await raging
  const known = new Set([0, ...expectedCloseCodes])
  const unknown = [...endings].filter(([code]) => !known.has(code))
  const report = reporter('realtime', `${attackerCount} hostile clients, ${bystanderCount} others`)
  const tell = (metric: string, unit: string, value: number) =>
    report({ metric: `fuzz.${metric}`, unit, value, runs: 1 })
  tell('frames', 'frames', frameCount)
  tell(
    'unexpectedCloseCodes',
    'sockets',
    unknown.reduce((sum, [, count]) => sum + count, 0),
  )
  tell('bystanderLost', 'items', lostCount)
  tell('rssGrowth', 'bytes', rssOf(stage.pid) - rssBytes)
  stage.close()
}
