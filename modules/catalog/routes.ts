import type { Handlers } from '@kaibo/contract/core/handlers'
import type { catalogApi } from '@kaibo/contract/goods/catalog-api'
import * as catalog from './catalog.ts'
import * as edit from './edit.ts'
import type { CatalogNeeds } from './needs.ts'
import * as shelf from './shelf.ts'

export type CatalogHandlers = Omit<Handlers<typeof catalogApi>, 'bulk'>

export const createHandlers = (needs: CatalogNeeds): CatalogHandlers => ({
  list: async (_ctx, { shopId, tagId, ...page }) =>
    catalog.listCards(needs, { shopId, tagId, state: 'on_shelf', page }),
  listByCategory: async (_ctx, { id: categoryId, brandId, ...page }) =>
    catalog.listCards(needs, { categoryId, brandId, state: 'on_shelf', page }),
  view: async (_ctx, { id }) => catalog.viewProduct(needs, id),
  manageList: async (ctx, query) => catalog.listOwn(needs, ctx.actor, query),
  counts: async (ctx, { shopId }) => catalog.countOwn(needs, ctx.actor, shopId),
  manageView: async (ctx, owned) => catalog.viewOwn(needs, ctx.actor, owned),
  create: async (ctx, product) => edit.createProduct(needs, ctx.actor, product),
  update: async (ctx, product) => edit.updateProduct(needs, ctx.actor, product),
  copy: async (ctx, owned) => edit.copyProduct(needs, ctx.actor, owned),
  submit: async (ctx, owned) => shelf.submitProduct(needs, ctx.actor, owned),
  setShelf: async (ctx, target) => shelf.setShelf(needs, ctx.actor, target),
  schedule: async (ctx, times) => shelf.setSchedule(needs, ctx.actor, times),
  clearShelf: async (ctx, wanted) => shelf.clearShelf(needs, ctx.actor, wanted),
  prices: async (ctx, owned) => catalog.listPrices(needs, ctx.actor, owned),
})
