import { requireUser } from '@kaibo/contract/core/access'
import type { Handlers } from '@kaibo/contract/core/handlers'
import type { filesApi } from '@kaibo/contract/people/files'
import { type FilesNeeds, readFile, storePicture, storeVideo } from './files.ts'

export const createHandlers = (needs: FilesNeeds): Handlers<typeof filesApi> => ({
  upload: async (ctx, { bytes }) => storePicture(needs, requireUser(ctx.actor).userId, { bytes }),
  uploadVideo: async (ctx, { bytes }) =>
    storeVideo(needs, requireUser(ctx.actor).userId, { bytes }),
  read: async (_ctx, { id }) => readFile(needs, id),
})
