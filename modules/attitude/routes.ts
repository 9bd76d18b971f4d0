import type { attitudeApi } from '@kaibo/contract/attitude'
import type { Handlers } from '@kaibo/contract/core/handlers'
import * as attitude from './attitude.ts'

export const createHandlers = (needs: attitude.AttitudeNeeds): Handlers<typeof attitudeApi> => ({
  view: async ({ actor }, { id }) => attitude.view(needs, actor, id),
  set: async ({ actor }, { id, attitude: wanted }) =>
    attitude.set(needs, actor, { liveId: id, attitude: wanted }),
  totals: async ({ actor }, at) => attitude.totals(needs, actor, at),
})
