import type { Handlers } from '@kaibo/contract/core/handlers'
import type { clipApi } from '@kaibo/contract/media/clip'
import * as clip from './clip.ts'
import type { ClipNeeds } from './needs.ts'
import * as watch from './watch.ts'

export const createHandlers = (needs: ClipNeeds): Handlers<typeof clipApi> => ({
  highlights: async (_ctx, query) => watch.highlights(needs, query),
  video: async ({ actor }, { id }) => watch.video(needs, actor, id),
  askDownload: async (_ctx, { id }) => watch.askDownload(needs, id),
  download: async (_ctx, { id }) => watch.download(needs, id),
  list: async ({ actor }, { shopId, id }) => clip.list(needs, actor, { shopId, liveId: id }),
  create: async ({ actor }, { id, clipId, ...wanted }) =>
    clip.create(needs, actor, { ...wanted, liveId: id, id: clipId }),
  update: async ({ actor }, edit) => clip.update(needs, actor, edit),
  again: async ({ actor }, at) => clip.again(needs, actor, at),
  remove: async ({ actor }, at) => {
    await clip.remove(needs, actor, at)
    return { ok: true }
  },
})
