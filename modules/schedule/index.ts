import { fail } from '@kaibo/contract/core/fail'
import type { OwnProduct } from '@kaibo/contract/goods/catalog'
import type { Database, Db, Tx } from '@kaibo/db/database'
import type { Jobs } from '@kaibo/db/jobs'
import type { Id } from '@kaibo/kernel/ids'
import * as store from './store.ts'

export type ScheduleNeeds = {
  database: Database
  /** Puts on or takes off the shelf; answers with the code of what stands in the way, or null. */
  move(tx: Tx, due: store.Due): Promise<string | null>
}

export type ShelfTimes = Pick<OwnProduct, 'shelveAt' | 'unshelveAt' | 'scheduleProblem'>

/** When products go on and off the shelf by themselves 定时上下架. */
export type Schedules = {
  /** Null = not. Throws `product.schedule_past`. */
  set(tx: Tx, times: { productId: Id } & Pick<ShelfTimes, 'shelveAt' | 'unshelveAt'>): Promise<void>
  timesOf(db: Db, productId: Id): Promise<ShelfTimes>
  /** Moves what is due by the clock; answers with how many. */
  moveDue(): Promise<number>
  work(jobs: Pick<Jobs, 'every'>): void
}

const dueEverySec = 5
const dueBatchMax = 200

export const createSchedules = (needs: ScheduleNeeds): Schedules => ({
  set: async (tx, times) => {
    if (!(await store.putTimes(tx, times))) throw fail('product.schedule_past')
  },
  timesOf: async (db, productId) => {
    const times = await store.timesOf(db, productId)
    return {
      shelveAt: times?.shelveAt?.toISOString() ?? null,
      unshelveAt: times?.unshelveAt?.toISOString() ?? null,
      scheduleProblem: times?.problem ?? null,
    }
  },
  moveDue: () => moveDue(needs),
  work: jobs =>
    jobs.every('schedule.due', dueEverySec, async () => {
      await moveDue(needs)
    }),
})

/** Bears company of other workers. */
async function moveDue(needs: ScheduleNeeds): Promise<number> {
  for (let count = 0; count < dueBatchMax; count++) {
    if (!(await needs.database.tx(tx => moveOneDue(needs, tx)))) return count
  }
  return dueBatchMax
}

async function moveOneDue({ move }: ScheduleNeeds, tx: Tx): Promise<boolean> {
  const due = await store.lockDue(tx)
  if (!due) return false
  await store.settleDue(tx, { productId: due.productId, problem: await move(tx, due) })
  return true
}
