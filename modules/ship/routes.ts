import type { Handlers } from '@kaibo/contract/handlers'
import type { shipApi } from '@kaibo/contract/ship'
import { type ShipNeeds, ship } from './ship.ts'

export const createHandlers = (needs: ShipNeeds): Handlers<typeof shipApi> => ({
  ship: async (ctx, parcel) => ship(needs, ctx.actor, parcel),
})
