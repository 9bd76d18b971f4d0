import type { catalogApi } from '@kaibo/contract/catalog'
import type { Handlers } from '@kaibo/contract/handlers'
import * as catalog from './catalog.ts'

export const createHandlers = (needs: catalog.CatalogNeeds): Handlers<typeof catalogApi> => ({
  list: async (_ctx, query) => catalog.listShelf(needs, query),
  view: async (_ctx, { id }) => catalog.viewProduct(needs, id),
  manageList: async (ctx, query) => catalog.listOwn(needs, ctx.actor, query),
  manageView: async (ctx, owned) => catalog.viewOwn(needs, ctx.actor, owned),
  create: async (ctx, product) => catalog.createProduct(needs, ctx.actor, product),
  update: async (ctx, product) => catalog.updateProduct(needs, ctx.actor, product),
  setShelf: async (ctx, shelf) => catalog.setShelf(needs, ctx.actor, shelf),
})
