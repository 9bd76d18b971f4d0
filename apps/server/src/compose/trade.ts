import { createFreight } from '@kaibo/modules/freight'
import { createLedger, type LedgerNeeds } from '@kaibo/modules/ledger'
import { createOrder } from '@kaibo/modules/order'
import { createOrderDesk } from '@kaibo/modules/orderdesk'
import { createPay } from '@kaibo/modules/pay'
import { createPlacement, type Placement, type PlacementNeeds } from '@kaibo/modules/placement'
import { createShip, type Ship } from '@kaibo/modules/ship'
import { createTakeRate } from '@kaibo/modules/takerate'
import { createVirtual, type Virtual } from '@kaibo/modules/virtual'
import { apiUrl } from '../config.ts'
import type { Base } from './base.ts'
import type { Goods } from './goods.ts'
import type { Offers } from './offers.ts'
import type { People } from './people.ts'
import type { Providers } from './providers.ts'

export type TradeNeeds = People &
  Goods &
  Pick<Offers, 'price'> &
  Pick<Providers, 'sandbox'> &
  Pick<PlacementNeeds, 'sourcesOf'> &
  Pick<LedgerNeeds, 'checkAll'>

export type Trade = ReturnType<typeof composeTrade>

/** From a basket to a delivered, paid and booked order. */
export function composeTrade(base: Base, needs: TradeNeeds) {
  const { database, clock, personal, config, log } = base
  const { shop, account, catalog, snapshot, stock, price, sandbox, sourcesOf, checkAll } = needs
  const takerate = createTakeRate({ database, shop })
  const freight = createFreight({ database, catalog })
  const order = createOrder({
    database,
    clock,
    personal,
    account,
    shop,
    snapshot,
    stock,
    price,
    limits: { giveBack: (tx, orderIds) => placement.giveBack(tx, orderIds) },
    parcelsOf: (db, orderIds) => ship.parcelsOf(db, orderIds),
    shippingTo: freight.shippingTo,
    receiptDays: config.KAIBO_RECEIPT_DAYS,
  })
  const placement: Placement = createPlacement({
    database,
    clock,
    order,
    account,
    shop,
    catalog,
    stock,
    price,
    freight,
    takerate,
    virtual: { deliverableIds: (db, skuIds) => virtual.deliverableIds(db, skuIds) },
    sourcesOf,
    payWindowSec: config.KAIBO_PAY_WINDOW_SEC,
  })
  const orderdesk = createOrderDesk({ database, order, account })
  const ship: Ship = createShip({ database, clock, order })
  const virtual: Virtual = createVirtual({ database, clock, personal, catalog, stock, order })
  const ledger = createLedger({ database, checkAll })
  const pay = createPay({
    database,
    log,
    order,
    ledger,
    gateways: sandbox ? [sandbox.gateway] : [],
    callbackUrl: apiUrl(config),
  })
  return { takerate, freight, order, placement, orderdesk, ship, virtual, ledger, pay }
}
