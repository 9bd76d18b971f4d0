import type { Handlers } from '@kaibo/contract/core/handlers'
import type { attitudeApi } from '@kaibo/contract/show/attitude'
import * as attitude from './attitude.ts'

export const createHandlers = (needs: attitude.AttitudeNeeds): Handlers<typeof attitudeApi> => ({
  view: async ({ actor }, { liveId }) => attitude.view(needs, actor, liveId),
  set: async ({ actor }, wanted) => attitude.set(needs, actor, wanted),
  totals: async ({ actor }, at) => attitude.totals(needs, actor, at),
})
