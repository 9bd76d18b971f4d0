import { newId } from '@kaibo/kernel/ids'
import type { World } from './world.ts'

/** A warning: whatever else is called meanwhile goes on. */
const warning = () => ({
  verdictId: newId(),
  kind: 'warn',
  reason: 'false_claims',
  note: '请勿使用“最好”等用语',
  pictureId: null,
  subjects: [],
  days: null,
})

async function warned({ must, liveId: id }: World) {
  const verdict = warning()
  await must('operator', 'verdict.judge', { id, ...verdict })
  return verdict.verdictId
}

export const patrolCalls = {
  wall: () => ({}),
  room: ({ liveId: id }: World) => ({ id }),
  picture: () => ({ id: newId() }),
  pin: ({ liveId: id }: World) => ({ id, isPinned: true }),
  alerts: () => ({ limit: 5 }),
  handle: () => ({ id: newId() }),
}

export const verdictCalls = {
  judge: ({ liveId: id }: World) => ({ id, ...warning() }),
  list: () => ({ limit: 5 }),
  evidence: async (world: World) => ({ id: await warned(world) }),
  frame: () => ({ id: newId(), place: 0 }),
  exportCase: async (world: World) => ({ id: await warned(world) }),
  bans: () => ({ limit: 5 }),
  lift: () => ({ id: newId() }),
  standing: ({ shopId }: World) => ({ shopId }),
  seen: async (world: World) => ({ shopId: world.shopId, id: await warned(world) }),
}
