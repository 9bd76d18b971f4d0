import type { Handlers } from '@kaibo/contract/core/handlers'
import type { verdictApi } from '@kaibo/contract/media/verdict'
import { evidence, exportCase, frame } from './evidence.ts'
import type { VerdictNeeds } from './needs.ts'
import { seen, standing } from './standing.ts'
import { judge, lift, list, listBans } from './verdict.ts'

export const createHandlers = (needs: VerdictNeeds): Handlers<typeof verdictApi> => ({
  judge: async ({ actor }, { id: liveId, ...decision }) =>
    judge(needs, actor, { liveId, ...decision }),
  list: async ({ actor }, query) => list(needs, actor, query),
  evidence: async ({ actor }, { id }) => evidence(needs, actor, id),
  frame: async ({ actor }, at) => frame(needs, actor, at),
  exportCase: async ({ actor }, { id }) => exportCase(needs, actor, id),
  bans: async ({ actor }, query) => listBans(needs, actor, query),
  lift: async ({ actor }, { id }) => lift(needs, actor, id),
  standing: async ({ actor }, { shopId }) => standing(needs, actor, shopId),
  seen: async ({ actor }, at) => {
    await seen(needs, actor, at)
    return { ok: true }
  },
})
