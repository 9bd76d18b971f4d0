import type { Handlers } from '@kaibo/contract/core/handlers'
import type { couponApi } from '@kaibo/contract/offer/coupon'
import { centre, claim, claimCounts, listMine, redeem } from './claims.ts'
import { type CouponNeeds, changeTemplate, createTemplate, listTemplates } from './templates.ts'

const platform = { shopId: null }

export const createHandlers = (needs: CouponNeeds): Handlers<typeof couponApi> => ({
  centre: async (_ctx, query) => centre(needs, query),
  claim: async ({ actor }, wanted) => claim(needs, actor, wanted),
  redeem: async ({ actor }, wanted) => redeem(needs, actor, wanted),
  mine: async ({ actor }, query) => listMine(needs, actor, query),
  claimCounts: async ({ actor }) => claimCounts(needs, actor),
  manageList: async ({ actor }, query) => listTemplates(needs, actor, query),
  create: async ({ actor }, wanted) => createTemplate(needs, actor, wanted),
  change: async ({ actor }, change) => changeTemplate(needs, actor, change),
  platformList: async ({ actor }, query) => listTemplates(needs, actor, { ...query, ...platform }),
  platformCreate: async ({ actor }, wanted) =>
    createTemplate(needs, actor, { ...wanted, ...platform }),
  platformChange: async ({ actor }, change) =>
    changeTemplate(needs, actor, { ...change, ...platform }),
})
