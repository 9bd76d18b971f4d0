import type { Handlers } from '@kaibo/contract/handlers'
import type { shipApi } from '@kaibo/contract/ship'
import { createHandlers } from './routes.ts'
import { parcelsOf, type ShipNeeds } from './ship.ts'

export type { ShipNeeds }
/** Fills the slot of `order`; needs nothing, so `order` can be made before `ship`. */
export { parcelsOf }

/** Parcels: how an order leaves. */
export type Ship = {
  handlers: Handlers<typeof shipApi>
}

export const createShip = (needs: ShipNeeds): Ship => ({
  handlers: createHandlers(needs),
})
