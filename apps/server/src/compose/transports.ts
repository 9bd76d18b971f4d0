import { createOutbox } from '@kaibo/db/outbox'
import { createGateway } from '@kaibo/realtime/gateway'
import type { Hub } from '@kaibo/realtime/hub'
import { bridgeSubscribers } from '../realtime/bridge.ts'
import { mayCount, mayHear } from '../realtime/tickets.ts'
import type { Base } from './base.ts'
import type { Modules } from './handlers.ts'

/** How news leaves the modules: the socket, and the outbox with whoever listens to it. */
export function composeTransports(base: Base, { hub, modules }: { hub: Hub; modules: Modules }) {
  const { database, clock, log, tickets } = base
  const gateway = createGateway({
    hub,
    clock,
    log,
    tickets,
    // The adapter compares it with the host, which the gateway does not know.
    allowOrigin: () => true,
    authorizeTopic: mayHear,
    mayCount,
  })
  const outbox = createOutbox({
    database,
    log,
    subscribers: [
      ...bridgeSubscribers({ hub, account: modules.account, clock }),
      ...modules.stock.subscribers,
      ...modules.search.subscribers,
      ...modules.virtual.subscribers,
      ...modules.ledger.subscribers,
      ...modules.pay.subscribers,
      ...modules.showcase.subscribers,
      ...modules.coupon.subscribers,
      ...modules.points.subscribers,
      ...modules.flashsale.subscribers,
      ...modules.follow.subscribers,
    ],
  })
  return { gateway, outbox }
      ...modules.share.subscribers,
}
