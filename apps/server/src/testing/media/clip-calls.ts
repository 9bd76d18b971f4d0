import { newId } from '@kaibo/kernel/ids'
import type { World } from '../world.ts'

/** Nothing was recorded in the first shop's room, so there is nothing to cut. */
export const clipCalls = {
  highlights: ({ shopId }: World) => ({ shopId, limit: 5 }),
  video: () => ({ id: newId() }),
  askDownload: () => ({ id: newId() }),
  download: () => ({ id: newId() }),
  list: ({ shopId, liveId: id }: World) => ({ shopId, id }),
  create: ({ shopId, liveId: id }: World) => ({
    ...{ shopId, id, clipId: newId(), title: '龙井讲解', productId: null },
    ...{ fromMs: 0, toMs: 5_000, mode: 'copy' },
  }),
  update: ({ shopId }: World) => ({ shopId, id: newId(), isPublished: true }),
  again: ({ shopId }: World) => ({ shopId, id: newId(), mode: 'exact' }),
  remove: ({ shopId }: World) => ({ shopId, id: newId() }),
}
