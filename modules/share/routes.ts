import type { Handlers } from '@kaibo/contract/core/handlers'
import type { shareApi } from '@kaibo/contract/share'
import * as share from './share.ts'

export const createHandlers = (needs: share.ShareNeeds): Handlers<typeof shareApi> => ({
  card: async ({ actor, host }, { liveId }) => share.card(needs, actor, { liveId, host }),
  mine: async ({ actor }, { liveId }) => share.mine(needs, actor, liveId),
  visit: async ({ actor, deviceId }, { liveId, shareId }) => {
    await share.visit(needs, actor, { liveId, shareId, deviceId: deviceId() })
    return { ok: true }
  },
  ofRoom: async ({ actor }, at) => share.ofRoom(needs, actor, at),
})
