import type { Handlers } from '@kaibo/contract/handlers'
import type { orderApi } from '@kaibo/contract/order'
import * as order from './order.ts'

export const createHandlers = (needs: order.OrderNeeds): Handlers<typeof orderApi> => ({
  preview: async (ctx, goods) => order.preview(needs, ctx.actor, goods),
  place: async (ctx, request) => order.place(needs, ctx.actor, request),
  list: async (ctx, query) => order.listMine(needs, ctx.actor, query),
  view: async (ctx, { id }) => order.viewMine(needs, ctx.actor, id),
  cancel: async (ctx, { id }) => order.cancel(needs, ctx.actor, id),
  confirm: async (ctx, { id }) => order.confirm(needs, ctx.actor, id),
  manageList: async (ctx, query) => order.listOfShop(needs, ctx.actor, query),
  manageView: async (ctx, owned) => order.viewOfShop(needs, ctx.actor, owned),
  reveal: async (ctx, owned) => order.reveal(needs, ctx.actor, owned),
})
