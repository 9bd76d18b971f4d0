import type { Handlers } from '@kaibo/contract/core/handlers'
import type { freightApi } from '@kaibo/contract/trade/freight'
import * as freight from './freight.ts'

export const createHandlers = (needs: freight.FreightNeeds): Handlers<typeof freightApi> => ({
  list: async (ctx, shop) => freight.listTemplates(needs, ctx.actor, shop),
  create: async (ctx, template) => freight.createTemplate(needs, ctx.actor, template),
  update: async (ctx, template) => freight.updateTemplate(needs, ctx.actor, template),
  setDefault: async (ctx, owned) => freight.setDefault(needs, ctx.actor, owned),
  remove: async (ctx, owned) => {
    await freight.removeTemplate(needs, ctx.actor, owned)
    return { ok: true }
  },
})
