import type { Handlers } from '@kaibo/contract/core/handlers'
import type { virtualApi } from '@kaibo/contract/trade/virtual'
import { book, cancelBooking, mine } from './booking.ts'
import type { VirtualNeeds } from './needs.ts'
import * as virtual from './virtual.ts'

export const createHandlers = (needs: VirtualNeeds): Handlers<typeof virtualApi> => ({
  list: async (ctx, query) => virtual.list(needs, ctx.actor, query),
  setRule: async (ctx, rule) => virtual.setRule(needs, ctx.actor, rule),
  codes: async (ctx, query) => virtual.listCodes(needs, ctx.actor, query),
  importCodes: async (ctx, upload) => virtual.importCodes(needs, ctx.actor, upload),
  voidCode: async (ctx, own) => virtual.voidCode(needs, ctx.actor, own),
  slots: async (ctx, query) => virtual.listSlots(needs, ctx.actor, query),
  putSlot: async (ctx, slot) => virtual.putSlot(needs, ctx.actor, slot),
  removeSlot: async (ctx, own) => virtual.removeSlot(needs, ctx.actor, own),
  openSlots: async (_ctx, { id }) => virtual.openSlots(needs, id),
  mine: async (ctx, own) => mine(needs, ctx.actor, own),
  book: async (ctx, own) => book(needs, ctx.actor, own),
  cancelBooking: async (ctx, own) => cancelBooking(needs, ctx.actor, own),
  ofShop: async (ctx, own) => virtual.ofShop(needs, ctx.actor, own),
})
