import type { Handlers } from '@kaibo/contract/core/handlers'
import type { shareApi } from '@kaibo/contract/people/share'
import * as share from './share.ts'

export const createHandlers = (needs: share.ShareNeeds): Handlers<typeof shareApi> => ({
  card: async ({ actor, host }, { liveId }) => share.card(needs, actor, { liveId, host }),
  mine: async ({ actor }, { liveId }) => share.mine(needs, actor, liveId),
  visit: async ({ actor, deviceId }, link) =>
    share.visit(needs, actor, { ...link, deviceId: deviceId() }),
  ofRoom: async ({ actor }, at) => share.ofRoom(needs, actor, at),
})
