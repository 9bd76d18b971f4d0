import type { Handlers } from '@kaibo/contract/core/handlers'
import type { moderationApi } from '@kaibo/contract/show/moderation'
import { findByPhone } from './find.ts'
import { lift, listSanctions, type ModerationNeeds, sanction } from './sanction.ts'
import { appoint, dismiss, listTeam } from './team.ts'

export const createHandlers = (needs: ModerationNeeds): Handlers<typeof moderationApi> => ({
  team: async ({ actor }, { shopId }) => ({ items: await listTeam(needs, actor, shopId) }),
  find: async ({ actor }, wanted) => ({ person: await findByPhone(needs, actor, wanted) }),
  appoint: async ({ actor }, place) => appoint(needs, actor, place),
  dismiss: async ({ actor }, place) => {
    await dismiss(needs, actor, place)
    return { ok: true }
  },
  sanction: async ({ actor }, { id: liveId, ...wanted }) =>
    sanction(needs, actor, { liveId, ...wanted }),
  sanctions: async ({ actor }, query) => listSanctions(needs, actor, query),
  lift: async ({ actor }, at) => lift(needs, actor, at),
})
