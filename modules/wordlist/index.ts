import type { Handlers } from '@kaibo/contract/core/handlers'
import type { CheckedText, platformWordListApi, wordListApi } from '@kaibo/contract/show/wordlist'
import { createKeptLists } from './kept-lists.ts'
import { createHandlers, createPlatformHandlers } from './routes.ts'
import { checkText, requireFit, type WordListNeeds, type WrittenText } from './wordlist.ts'

export type { WordListNeeds, WrittenText }

/** Word lists of the platform and of shops 词库. */
export type WordLists = {
  readonly handlers: Handlers<typeof wordListApi>
  readonly platformHandlers: Handlers<typeof platformWordListApi>
  /**
   * What becomes of a text. Synchronous, from memory, in microseconds; before {@link WordLists.start}
   * there are no words yet, only the rules about links and contact details.
   */
  check(written: WrittenText): CheckedText
  /** Throws `wordlist.refused` for a text that may not be shown; for scenes without a queue of held ones. */
  requireFit(written: WrittenText): void
  /** Reads every list, then follows changes: what any process sets counts here within a second. */
  start(): Promise<void>
  stop(): Promise<void>
}

export function createWordList(needs: WordListNeeds): WordLists {
  const lists = createKeptLists(needs)
  const parts = { ...needs, lists }
  return {
    handlers: createHandlers(parts),
    platformHandlers: createPlatformHandlers(parts),
    check: written => checkText(lists, written),
    requireFit: written => requireFit(lists, written),
    start: lists.start,
    stop: lists.stop,
  }
}
