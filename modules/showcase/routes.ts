import type { Handlers } from '@kaibo/contract/core/handlers'
import type { showcaseApi } from '@kaibo/contract/show/showcase'
import { bag, explain, explains, type ShowcaseNeeds, setBag } from './showcase.ts'

export const createHandlers = (needs: ShowcaseNeeds): Handlers<typeof showcaseApi> => ({
  bag: async (_ctx, { id }) => bag(needs, id),
  explains: async (_ctx, { id }) => explains(needs, id),
  setBag: async ({ actor }, { id, ...wanted }) => setBag(needs, actor, { ...wanted, liveId: id }),
  explain: async ({ actor }, { id, ...wanted }) => explain(needs, actor, { ...wanted, liveId: id }),
})
