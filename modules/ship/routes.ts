import type { Handlers } from '@kaibo/contract/core/handlers'
import type { shipApi } from '@kaibo/contract/trade/ship'
import { correct, type ShipNeeds, ship } from './ship.ts'
import { sheetTemplate, shipSheet } from './ship-sheet.ts'

export const createHandlers = (needs: ShipNeeds): Handlers<typeof shipApi> => ({
  ship: async (ctx, parcel) => ship(needs, ctx.actor, parcel),
  correct: async (ctx, parcel) => correct(needs, ctx.actor, parcel),
  shipSheet: async (ctx, file) => shipSheet(needs, ctx.actor, file),
  sheetTemplate: async (ctx, query) => sheetTemplate(ctx.actor, query),
})
