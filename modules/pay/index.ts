import type { Handlers } from '@kaibo/contract/handlers'
import type { CheckReport } from '@kaibo/contract/ledger'
import { orderClosed } from '@kaibo/contract/order'
import type { payApi } from '@kaibo/contract/pay'
import type { Database, Db } from '@kaibo/db/database'
import { type Job, type Jobs, job } from '@kaibo/db/jobs'
import type { Log } from '@kaibo/db/log'
import { type Subscriber, subscriber } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import type { Ledger } from '../ledger/index.ts'
import type { Orders } from '../order/index.ts'
import { checkChannel } from './check.ts'
import type { Notification, PaymentGateway } from './gateway.ts'
import { createPayUseCases } from './pay.ts'
import { payHandlers } from './routes.ts'

export type {
  BillRow,
  NewTrade,
  Notification,
  PaymentGateway,
  TradeState,
  VerifiedPayment,
} from './gateway.ts'

/** Closes the open trades of a closed order at their channels. */
const abandonOrder: Job<{ orderId: Id }> = job('pay.abandon_order')

/** How often late and stuck payments are looked after. */
const sweepEverySec = 10

export type PayNeeds = {
  readonly database: Database
  readonly log: Log
  readonly order: Pick<Orders, 'forPayment' | 'markPaid'>
  readonly ledger: Pick<Ledger, 'move' | 'accounts'>
  readonly gateways: readonly PaymentGateway[]
  /** Where channels reach us. */
  readonly callbackUrl: string
  readonly jobs: Jobs
}

export type Pay = {
  readonly handlers: Handlers<typeof payApi>
  readonly subscribers: readonly Subscriber[]
  /** A channel's notification; throws for a forged one. */
  notify(channel: string, notification: Notification): Promise<PaymentGateway['accepted']>
  /** Declares what this process does for payments in the background; before the jobs start. */
  work(jobs: Jobs): void
  /** Whether the books of each channel equal ours. */
  check(db: Db): Promise<CheckReport[]>
}

/** Payments 支付: channels, notifications, money that came too late. */
export function createPay(needs: PayNeeds): Pay {
  const useCases = createPayUseCases(needs)
  return {
    handlers: payHandlers(useCases),
    notify: useCases.notify,
    check: db => Promise.all(needs.gateways.map(gateway => checkChannel(db, gateway))),
    subscribers: [
      subscriber(orderClosed, {
        consumer: 'pay.abandon_order',
        handle: (tx, { orderId }) => needs.jobs.enqueue(tx, abandonOrder, { data: { orderId } }),
      }),
    ],
    work(jobs) {
      jobs.work(abandonOrder, { handler: ({ orderId }) => useCases.abandonOrder(orderId) })
      jobs.every('pay.sweep', sweepEverySec, async () => {
        await useCases.sweep()
      })
    },
  }
}
