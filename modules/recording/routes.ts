import type { Handlers } from '@kaibo/contract/core/handlers'
import type { recordingApi } from '@kaibo/contract/media/recording-api'
import { caseFile } from './keep/case-file.ts'
import * as keep from './keep/keep.ts'
import type { RecordingNeeds } from './needs.ts'
import { playlist } from './playlist.ts'
import { comments, preview, replay, shown, watch } from './replay.ts'

export const createHandlers = (needs: RecordingNeeds): Handlers<typeof recordingApi> => ({
  shown: async (_ctx, query) => shown(needs, query),
  replay: async ({ host }, { id }) => replay(needs, { id, host, audience: 'public' }),
  preview: async ({ actor, host }, at) => preview(needs, actor, { ...at, host }),
  comments: async (_ctx, stretch) => comments(needs, stretch),
  playlist: async ({ host }, at) => playlist(needs, { ...at, host }),
  terms: async () => keep.termsOf(needs),
  recording: async ({ actor }, at) => keep.recording(needs, actor, at),
  set: async ({ actor }, wanted) => keep.set(needs, actor, wanted),
  list: async ({ actor }, query) => keep.list(needs, actor, query),
  storage: async ({ actor }) => keep.storage(needs, actor),
  watch: async ({ actor, host }, { id }) => watch(needs, actor, { id, host }),
  holds: async ({ actor }, { id }) => keep.holdsOf(needs, actor, id),
  hold: async ({ actor }, wanted) => keep.hold(needs, actor, wanted),
  liftHold: async ({ actor }, wanted) => keep.liftHold(needs, actor, wanted),
  caseFile: async ({ actor, host }, of) => caseFile(needs, actor, { ...of, host }),
})
