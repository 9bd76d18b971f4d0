import type { CheckedText, WordScene } from '@kaibo/contract/wordlist'
import type { Id } from '@kaibo/kernel/ids'

/** A text that somebody wants others to see; `shopId` null where no shop is the host of it. */
export type WrittenText = { text: string; scene: WordScene; shopId: Id | null }

/** Word lists of the platform and of shops 词库. */
export type WordLists = {
  /** What becomes of a text. Synchronous, from memory; microseconds for a comment. */
  check(written: WrittenText): CheckedText
  /** Throws `wordlist.refused` for a text that may not be shown; for scenes without a queue of held ones. */
  requireFit(written: WrittenText): void
}
