import type { Handlers } from '@kaibo/contract/core/handlers'
import type { shipApi } from '@kaibo/contract/trade/ship'
import type { ParcelSource } from '@kaibo/modules/order'
import { createHandlers } from './routes.ts'
import { parcelsOf, type ShipNeeds } from './ship.ts'

export type { ShipNeeds }

/** Parcels: how an order leaves. */
export type Ship = {
  handlers: Handlers<typeof shipApi>
  /** Fills the slot of `order`. */
  parcelsOf: ParcelSource
}

export const createShip = (needs: ShipNeeds): Ship => ({
  handlers: createHandlers(needs),
  parcelsOf,
})
