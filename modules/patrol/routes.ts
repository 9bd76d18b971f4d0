import type { Handlers } from '@kaibo/contract/core/handlers'
import type { patrolApi } from '@kaibo/contract/media/patrol'
import * as alerts from './alerts.ts'
import type { PatrolNeeds } from './needs.ts'
import { picture, pin, room, wall } from './wall.ts'

export const createHandlers = (needs: PatrolNeeds): Handlers<typeof patrolApi> => ({
  wall: async ({ actor }) => wall(needs, actor),
  room: async ({ actor }, { id }) => room(needs, actor, id),
  picture: async ({ actor }, { id }) => picture(needs, actor, id),
  pin: async ({ actor }, wanted) => {
    await pin(needs, actor, wanted)
    return { ok: true }
  },
  alerts: async ({ actor }, query) => alerts.list(needs, actor, query),
  handle: async ({ actor }, { id }) => alerts.handle(needs, actor, id),
})
