import { checkAll } from './checks.ts'
import { type Audience, composeAudience } from './compose/audience.ts'
import { type ComposeNeeds, composeBase } from './compose/base.ts'
import { composeBrowse } from './compose/browse.ts'
import { composeGoods, type Goods } from './compose/goods.ts'
import { handlersOf } from './compose/handlers.ts'
import { composeKeeping, type Keeping } from './compose/keep/keeping.ts'
import { composeOffers } from './compose/offers.ts'
import { composePeople } from './compose/people.ts'
import { composeProviders } from './compose/providers.ts'
import { composeSelling, type Selling } from './compose/selling.ts'
import { composeShow, type Show } from './compose/show.ts'
import { composeTrade, type Trade } from './compose/trade.ts'
import { composeTransports } from './compose/transports.ts'
import { createRooms } from './realtime/rooms.ts'

export type Kaibo = ReturnType<typeof compose>

/**
 * THE wiring: base → providers → modules in layers, low ones first → transports. No logic; each
 * layer is a file of `compose/`, and what it needs of a higher one is handed over here, late.
 */
export function compose(needs: ComposeNeeds) {
  const base = composeBase(needs)
  const { database, clock, log, fanout } = base
  const providers = composeProviders(base, { leaveFor: id => show.live.leaveFor(id) })
  const hub = createRooms({ bus: fanout, clock, log, live: () => show.live })

  const people = composePeople(base, providers)
  const goods: Goods = composeGoods(base, {
    ...people,
    ordersOf: (db, ids) => trade.order.standingsByIds(db, ids),
    hasFreightTemplate: (db, q) => trade.freight.hasTemplate(db, q),
  })
  const offers = composeOffers(base, {
    ...people,
    ...goods,
    live: {
      facts: (db, id) => show.live.facts(db, id),
      isInRoom: (token, holder) => show.live.isInRoom(token, holder),
    },
    bagOf: (db, liveId) => show.showcase.productIdsOf(db, liveId),
  })
  const trade: Trade = composeTrade(base, {
    ...providers,
    ...people,
    ...goods,
    ...offers,
    sourcesOf: (db, sources) => show.live.sourcesOf(db, sources),
    checkAll: () => check(),
  })
  const browse = composeBrowse(base, { ...people, ...goods, ...trade })
  const show: Show = composeShow(base, {
    ...providers,
    ...people,
    ...goods,
    ...trade,
    hub,
    shopIdsOfLinks: (db, ids) => audience.share.shopIdsOf(db, ids),
    shopIdsOfVideos: (db, ids) => keeping.recording.shopIdsOfShown(db, ids),
    isFollower: (db, follow) => audience.follow.isFollower(db, follow),
    recapOf: (db, live) => selling.recapOf(db, live),
    noted: who => selling.noted(who),
  })
  const selling: Selling = composeSelling(base, { ...people, ...goods, ...trade, ...show, hub })
  const audience: Audience = composeAudience(base, { ...people, ...trade, ...show, hub })
  const keeping: Keeping = composeKeeping(base, { ...providers, ...people, ...goods, ...show })
  const shops = { ...people, ...goods, ...offers, ...trade, ...browse }
  const shows = { ...show, ...selling, ...audience, ...keeping }
  const modules = { ...shops, ...shows }
  const check = () => checkAll(database.db, modules)

  const { gateway, outbox } = composeTransports(base, { hub, modules })
  const handlers = handlersOf(modules, base.tickets)
  return { ...base, ...providers, ...modules, hub, check, gateway, outbox, handlers }
}
