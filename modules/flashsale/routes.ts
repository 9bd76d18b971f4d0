import type { Handlers } from '@kaibo/contract/core/handlers'
import type { flashsaleApi } from '@kaibo/contract/offer/flashsale-api'
import {
  addQuota,
  create,
  end,
  type FlashSaleNeeds,
  listOfShop,
  showing,
  startNow,
  update,
  view,
} from './flashsale.ts'
import { endPriceInRoom, priceInRoom } from './room-price.ts'

export const createHandlers = (needs: FlashSaleNeeds): Handlers<typeof flashsaleApi> => ({
  showing: async (_ctx, place) => showing(needs, place),
  manageList: async ({ actor }, query) => listOfShop(needs, actor, query),
  manageView: async ({ actor }, at) => view(needs, actor, at),
  create: async ({ actor }, plan) => create(needs, actor, plan),
  update: async ({ actor }, plan) => update(needs, actor, plan),
  start: async ({ actor }, at) => startNow(needs, actor, at),
  addQuota: async ({ actor }, change) => addQuota(needs, actor, change),
  end: async ({ actor }, at) => end(needs, actor, at),
  priceInRoom: async ({ actor }, price) => priceInRoom(needs, actor, price),
  endPriceInRoom: async ({ actor }, at) => endPriceInRoom(needs, actor, at),
})
