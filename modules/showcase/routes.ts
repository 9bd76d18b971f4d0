import type { Handlers } from '@kaibo/contract/handlers'
import type { showcaseApi } from '@kaibo/contract/showcase'
import type { createShowcaseUseCases } from './showcase.ts'

export const showcaseHandlers = (
  showcase: ReturnType<typeof createShowcaseUseCases>,
): Handlers<typeof showcaseApi> => ({
  bag: (_ctx, { id }) => showcase.bag(id),
  setBag: ({ actor }, { shopId, id, version, productIds }) =>
    showcase.setBag(actor, { shopId, liveId: id, version, productIds }),
  explain: ({ actor }, { shopId, id, productId }) =>
    showcase.explain(actor, { shopId, liveId: id, productId }),
})
