import type { Handlers } from '@kaibo/contract/core/handlers'
import type { CheckReport } from '@kaibo/contract/trade/ledger'
import { orderClosed, orderPaid } from '@kaibo/contract/trade/order'
import type { virtualApi } from '@kaibo/contract/trade/virtual'
import type { Db, Tx } from '@kaibo/db/database'
import type { Jobs } from '@kaibo/db/jobs'
import { type Subscriber, subscriber } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import { check } from './check.ts'
import { closeOrder, deliverOrder, finishDue } from './delivery.ts'
import type { VirtualNeeds } from './needs.ts'
import { createHandlers } from './routes.ts'
import { rulesBySku } from './store.ts'

export type { VirtualNeeds }

/** Virtual goods 虚拟商品: codes that are given once, places in time slots. */
export type Virtual = {
  handlers: Handlers<typeof virtualApi>
  subscribers: readonly Subscriber[]
  /** Delivers what a paid order has of virtual goods; once. */
  deliver(tx: Tx, orderId: Id): Promise<void>
  /** Bookings whose slot is over are used; returns how many. */
  finishDue(limit: number): Promise<number>
  /** Declares what this process does for bookings in the background; before the jobs start. */
  work(jobs: Pick<Jobs, 'every'>): void
  /** Which of these can be sold: somebody has set how they are delivered. */
  deliverableIds(db: Db, skuIds: readonly Id[]): Promise<ReadonlySet<Id>>
  /** Whether stock and codes agree. */
  check(db: Db): Promise<CheckReport>
}

const finishEverySec = 60
const finishBatchMax = 500

export const createVirtual = (needs: VirtualNeeds): Virtual => ({
  handlers: createHandlers(needs),
  subscribers: [
    subscriber(orderPaid, {
      consumer: 'virtual.deliver',
      handle: (tx, { orderId }) => deliverOrder(needs, tx, orderId),
    }),
    subscriber(orderClosed, {
      consumer: 'virtual.close',
      handle: (tx, { orderId }) => closeOrder(tx, orderId),
    }),
  ],
  deliver: (tx, orderId) => deliverOrder(needs, tx, orderId),
  finishDue: limit => finishDue(needs, limit),
  work: jobs =>
    jobs.every('virtual.finish-due', finishEverySec, async () => {
      await finishDue(needs, finishBatchMax)
    }),
  deliverableIds: async (db, skuIds) => new Set((await rulesBySku(db, skuIds)).keys()),
  check: db => check(needs, db),
})
