import type { Handlers } from '@kaibo/contract/core/handlers'
import type { followApi } from '@kaibo/contract/people/follow'
import * as follow from './follow.ts'

export const createHandlers = (needs: follow.FollowNeeds): Handlers<typeof followApi> => ({
  follow: async ({ actor }, { shopId }) => follow.follow(needs, actor, shopId),
  unfollow: async ({ actor }, { shopId }) => follow.unfollow(needs, actor, shopId),
  state: async ({ actor }, { shopId }) => follow.state(needs, actor, shopId),
  list: async ({ actor }, page) => follow.list(needs, actor, page),
})
