import type { Handlers } from '@kaibo/contract/core/handlers'
import type { orderDeskApi } from '@kaibo/contract/trade/orderdesk'
import * as desk from './desk.ts'
import { exportOrders, exportReceivers } from './order-sheet.ts'

export const createHandlers = (needs: desk.DeskNeeds): Handlers<typeof orderDeskApi> => ({
  list: async (ctx, query) => desk.list(needs, ctx.actor, query),
  counts: async (ctx, query) => desk.counts(needs, ctx.actor, query),
  history: async (ctx, owned) => desk.history(needs, ctx.actor, owned),
  page: async (ctx, line) => desk.page(needs, ctx.actor, line),
  exportOrders: async (ctx, query) => exportOrders(needs, ctx.actor, query),
  exportReceivers: async (ctx, query) => exportReceivers(needs, ctx.actor, query),
  setNote: async (ctx, change) => desk.setNote(needs, ctx.actor, change),
  setReceiver: async (ctx, change) => desk.setReceiver(needs, ctx.actor, change),
  setPrice: async (ctx, change) => desk.setPrice(needs, ctx.actor, change),
  cancel: async (ctx, change) => desk.cancel(needs, ctx.actor, change),
  today: async (ctx, { shopId }) => desk.today(needs, ctx.actor, shopId),
  sources: async (ctx, query) => desk.sources(needs, ctx.actor, query),
})
