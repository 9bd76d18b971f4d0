import { createOutbox } from '@kaibo/db/outbox'
import { createGateway } from '@kaibo/realtime/gateway'
import type { Hub } from '@kaibo/realtime/hub'
import { noting } from '../realtime/attendance.ts'
import { bridgeSubscribers } from '../realtime/bridge.ts'
import { createHearing } from '../realtime/hearing.ts'
import { moderationSubscribers } from '../realtime/moderation-bridge.ts'
import { sellingSubscribers } from '../realtime/selling-bridge.ts'
import { mayCount } from '../realtime/tickets.ts'
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
    authorizeTopic: noting(createHearing({ ...modules, database }), modules.insight),
    mayCount,
  })
  const outbox = createOutbox({
    database,
    log,
    subscribers: [
      ...sellingSubscribers(hub),
      ...bridgeSubscribers({ hub, account: modules.account, clock }),
      ...moderationSubscribers({ ...modules, hub }),
      ...modules.chat.subscribers,
      ...modules.notices.subscribers,
      ...modules.patrol.subscribers,
      ...modules.stock.subscribers,
      ...modules.search.subscribers,
      ...modules.virtual.subscribers,
      ...modules.ledger.subscribers,
      ...modules.pay.subscribers,
      ...modules.recording.subscribers,
      ...modules.showcase.subscribers,
      ...modules.poll.subscribers,
      ...modules.coupon.subscribers,
      ...modules.points.subscribers,
      ...modules.flashsale.subscribers,
      ...modules.follow.subscribers,
      ...modules.share.subscribers,
    ],
  })
  return { gateway, outbox }
}
