import type { Handlers } from '@kaibo/contract/core/handlers'
import type { pollApi } from '@kaibo/contract/show/poll'
import * as poll from './poll.ts'
import { type createVoting, mine } from './vote.ts'

export type RoutesNeeds = poll.PollLifeNeeds & { voting: ReturnType<typeof createVoting> }

export const createHandlers = (needs: RoutesNeeds): Handlers<typeof pollApi> => ({
  list: async (_ctx, { id }) => poll.list(needs, id),
  ranking: async (_ctx, { id: liveId, pollId }) => poll.ranking(needs, { liveId, pollId }),
  mine: async ({ actor }, { liveId }) => mine(needs, actor, liveId),
  vote: async ({ actor }, vote) => needs.voting.vote(actor, vote),
  manageList: async ({ actor }, { shopId, id }) =>
    poll.manageList(needs, actor, { shopId, liveId: id }),
  create: async ({ actor }, { id, ...wanted }) =>
    poll.create(needs, actor, { ...wanted, liveId: id }),
  open: async ({ actor }, { id, ...at }) => poll.open(needs, actor, { ...at, liveId: id }),
  close: async ({ actor }, { id, ...at }) => poll.close(needs, actor, { ...at, liveId: id }),
  remove: async ({ actor }, { id, ...at }) => {
    await poll.remove(needs, actor, { ...at, liveId: id })
    return { ok: true }
  },
})
