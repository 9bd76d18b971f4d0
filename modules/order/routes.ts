import type { Handlers } from '@kaibo/contract/core/handlers'
import type { orderApi } from '@kaibo/contract/trade/order-api'
import type { LifeNeeds } from './life.ts'
import * as mine from './mine.ts'
import { reveal, viewOfShop } from './shop.ts'
import type { ViewNeeds } from './view.ts'

export type OrderNeeds = LifeNeeds & ViewNeeds & mine.MineNeeds

/** What people do to orders that are there. */
export type OrderHandlers = Omit<Handlers<typeof orderApi>, 'preview' | 'place'>

export function createHandlers(needs: OrderNeeds): OrderHandlers {
  return {
    list: async (ctx, query) => mine.listMine(needs, ctx.actor, query),
    counts: async ctx => mine.countMine(needs, ctx.actor),
    view: async (ctx, { id }) => mine.viewMine(needs, ctx.actor, id),
    history: async (ctx, { id }) => mine.historyOfMine(needs, ctx.actor, id),
    page: async (ctx, line) => mine.pageOfMine(needs, ctx.actor, line),
    cancel: async (ctx, wish) => mine.cancel(needs, ctx.actor, wish),
    changeReceiver: async (ctx, wish) => mine.changeReceiver(needs, ctx.actor, wish),
    extendReceipt: async (ctx, { id }) => mine.extendReceipt(needs, ctx.actor, id),
    confirm: async (ctx, { id }) => mine.confirm(needs, ctx.actor, id),
    manageView: async (ctx, owned) => viewOfShop(needs, ctx.actor, owned),
    reveal: async (ctx, owned) => reveal(needs, ctx.actor, owned),
  }
}
