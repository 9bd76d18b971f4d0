import type { Handlers } from '@kaibo/contract/core/handlers'
import type { chatApi } from '@kaibo/contract/show/chat-api'
import { send } from './chat.ts'
import * as desk from './desk.ts'
import type { ChatNeeds } from './needs.ts'
import { history, mine, thread, threads } from './read.ts'

export const createHandlers = (needs: ChatNeeds): Handlers<typeof chatApi> => ({
  history: async (_ctx, { id }) => history(needs, id),
  mine: async ({ actor }, { liveId }) => mine(needs, actor, liveId),
  threads: async (_ctx, { id: liveId, ...page }) => threads(needs, { liveId, ...page }),
  thread: async (_ctx, { id: liveId, ...at }) => thread(needs, { liveId, ...at }),
  send: async ({ actor }, { id: liveId, ...draft }) => send(needs, actor, { liveId, ...draft }),
  setSettings: async ({ actor }, wanted) => desk.setSettings(needs, actor, wanted),
  pin: async ({ actor }, wanted) => desk.pin(needs, actor, wanted),
  announce: async ({ actor }, wanted) => desk.announce(needs, actor, wanted),
  questions: async ({ actor }, query) => desk.questions(needs, actor, query),
  setAnswered: async ({ actor }, wanted) => desk.setAnswered(needs, actor, wanted),
  reviewList: async ({ actor }, query) => desk.reviewList(needs, actor, query),
  setState: async ({ actor }, wanted) => desk.setState(needs, actor, wanted),
})
