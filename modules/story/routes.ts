import type { Handlers } from '@kaibo/contract/core/handlers'
import type { storyApi } from '@kaibo/contract/show/story'
import * as story from './story.ts'

export const createHandlers = (needs: story.StoryNeeds): Handlers<typeof storyApi> => ({
  ofRoom: async (_ctx, { id }) => story.ofRoom(needs, id),
  setRoom: async ({ actor }, { id, ...wanted }) =>
    story.setRoom(needs, actor, { ...wanted, liveId: id }),
  list: async ({ actor }, query) => story.list(needs, actor, query),
  create: async ({ actor }, written) => story.create(needs, actor, written),
  update: async ({ actor }, written) => story.update(needs, actor, written),
  remove: async ({ actor }, at) => {
    await story.remove(needs, actor, at)
    return { ok: true }
  },
})
