import type { Handlers } from '@kaibo/contract/core/handlers'
import type { searchApi } from '@kaibo/contract/goods/search'
import * as search from './search.ts'

export const createHandlers = (needs: search.SearchNeeds): Handlers<typeof searchApi> => ({
  products: async (_ctx, query) => search.findProducts(needs, query),
  facets: async (_ctx, filters) => search.countFacets(needs, filters),
  suggest: async (_ctx, { q }) => ({ items: await search.suggest(needs, q) }),
  hotWords: async () => ({ items: await search.hotWords(needs) }),
  similar: async (_ctx, { id }) => ({ items: await search.similarTo(needs, id) }),
})
