import type { Handlers } from '@kaibo/contract/core/handlers'
import type { CheckReport } from '@kaibo/contract/trade/ledger'
import { orderClosed, orderRepriced } from '@kaibo/contract/trade/order'
import type { payApi } from '@kaibo/contract/trade/pay'
import type { Db } from '@kaibo/db/database'
import type { Jobs } from '@kaibo/db/jobs'
import { type Subscriber, subscriber } from '@kaibo/db/outbox'
import { check } from './check.ts'
import type { Notification, PaymentGateway } from './gateway.ts'
import type { PayNeeds } from './needs.ts'
import { createHandlers } from './routes.ts'
import { notify, releaseOrder, sweep } from './settle.ts'
import { expireOfOrder } from './store.ts'

export type {
  BillRow,
  NewTrade,
  Notification,
  PaymentGateway,
  TradeState,
  VerifiedPayment,
} from './gateway.ts'
export type { PayNeeds }

export type Pay = {
  readonly handlers: Handlers<typeof payApi>
  readonly subscribers: readonly Subscriber[]
  /** A channel's notification; throws for a forged one. */
  notify(channel: string, notification: Notification): Promise<PaymentGateway['accepted']>
  /** Closes what is over, asks about what may be lost, gives back what came too late. */
  sweep(): Promise<void>
  /** Declares what this process does for payments in the background; before the jobs start. */
  work(jobs: Pick<Jobs, 'every'>): void
  /** Whether channels, payments, journals and paid orders say the same. */
  check(db: Db): Promise<CheckReport>
}

const sweepEverySec = 5

/** Payments 支付: channels, notifications, money that came too late. */
export const createPay = (needs: PayNeeds): Pay => ({
  handlers: createHandlers(needs),
  subscribers: [
    subscriber(orderClosed, {
      consumer: 'pay.expire_payments',
      handle: (tx, { orderId }) => releaseOrder(needs, tx, orderId),
    }),
    subscriber(orderRepriced, {
      consumer: 'pay.expire_old_price',
      handle: (tx, { orderId }) => expireOfOrder(tx, orderId),
    }),
  ],
  notify: (channel, notification) => notify(needs, channel, notification),
  sweep: () => sweep(needs),
  work: jobs => jobs.every('pay.sweep', sweepEverySec, () => sweep(needs)),
  check: db => check(needs, db),
})
