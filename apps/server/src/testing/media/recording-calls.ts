import { newId } from '@kaibo/kernel/ids'
import type { World } from '../world.ts'

/** Nothing is recorded in the first shop's room: nobody publishes there. */
export const recordingCalls = {
  replay: ({ liveId: id }: World) => ({ id }),
  shown: ({ shopId }: World) => ({ shopId, limit: 5 }),
  preview: ({ shopId, liveId: id }: World) => ({ shopId, id }),
  comments: ({ liveId: id }: World) => ({ id, fromMs: 0, toMs: 60_000 }),
  playlist: ({ liveId: id }: World) => ({ id, t: '1800000000.forged' }),
  recording: ({ shopId, liveId: id }: World) => ({ shopId, id }),
  set: ({ shopId, liveId: id }: World) => ({ shopId, id, mayDownload: true }),
  list: () => ({ limit: 5 }),
  terms: () => ({}),
  storage: () => ({}),
  watch: ({ liveId: id }: World) => ({ id }),
  holds: () => ({ id: newId() }),
  hold: () => ({ id: newId(), holdId: newId(), reason: '案件 2026-17' }),
  liftHold: () => ({ id: newId(), reason: '结案' }),
  caseFile: () => ({ id: newId(), commentsFromMs: 0 }),
}
