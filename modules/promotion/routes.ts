import type { Handlers } from '@kaibo/contract/core/handlers'
import type { promotionApi } from '@kaibo/contract/offer/promotion'
import { offersOfProduct } from './product-offers.ts'
import * as promotion from './promotion.ts'

export const createHandlers = (needs: promotion.PromotionNeeds): Handlers<typeof promotionApi> => ({
  ofProduct: async (_ctx, { id }) => offersOfProduct(needs, id),
  manageList: async (ctx, query) => promotion.listPromotions(needs, ctx.actor, query),
  manageView: async (ctx, owned) => promotion.viewPromotion(needs, ctx.actor, owned),
  create: async (ctx, plan) => promotion.createPromotion(needs, ctx.actor, plan),
  update: async (ctx, plan) => promotion.updatePromotion(needs, ctx.actor, plan),
  publish: async (ctx, owned) => promotion.publishPromotion(needs, ctx.actor, owned),
  end: async (ctx, owned) => promotion.endPromotion(needs, ctx.actor, owned),
  remove: async (ctx, owned) => {
    await promotion.removePromotion(needs, ctx.actor, owned)
    return { ok: true }
  },
})
