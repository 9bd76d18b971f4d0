import type { Handlers } from '@kaibo/contract/core/handlers'
import type { historyApi } from '@kaibo/contract/people/history'
import type { HistoryNeeds } from './history.ts'
import { createHandlers } from './routes.ts'

export type { HistoryNeeds }

/** What people looked at 浏览记录: their own business, and theirs to clear. */
export type History = { readonly handlers: Handlers<typeof historyApi> }

export const createHistory = (needs: HistoryNeeds): History => ({ handlers: createHandlers(needs) })
