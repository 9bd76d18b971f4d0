import type { Handlers } from '@kaibo/contract/core/handlers'
import type { freightApi } from '@kaibo/contract/trade/freight'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import type { ShippingOf } from '@kaibo/modules/price'
import {
  type FreightNeeds,
  type OrderedGoods,
  type ShippingAsk,
  shippingFor,
  shippingTo,
} from './freight.ts'
import { createHandlers } from './routes.ts'
import { templateById } from './store.ts'

export type { FreightNeeds, OrderedGoods, ShippingAsk }

/** What sending costs: templates of shops by piece, weight or volume, and by region. */
export type Freight = {
  handlers: Handlers<typeof freightApi>
  /** For each ask what sending costs, in the order asked; null while nobody has said where to. */
  shippingFor(db: Db, asks: readonly ShippingAsk[]): Promise<(ShippingOf | null)[]>
  /** For ordered goods that go elsewhere. Throws `order.region_refused` or `freight.unreachable`. */
  shippingTo(db: Db, goods: OrderedGoods, regionCode: string): Promise<Fen>
  /** Whether a shop has this template. */
  hasTemplate(db: Db, q: { shopId: Id; id: Id }): Promise<boolean>
}

export const createFreight = (needs: FreightNeeds): Freight => ({
  handlers: createHandlers(needs),
  shippingFor,
  shippingTo: (db, goods, regionCode) => shippingTo(needs, db, { goods, regionCode }),
  hasTemplate: async (db, q) => (await templateById(db, q)) !== undefined,
})
