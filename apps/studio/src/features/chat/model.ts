import type { Comment } from '@kaibo/contract/chat'
import type { ChatRow } from '@kaibo/ui/live/chat-feed.ts'

type Said = Pick<Comment, 'id' | 'author' | 'text' | 'role'>

/** A comment as a row of the desk's chat. */
export const rowOf = (comment: Said): ChatRow => ({
  id: comment.id,
  author: comment.author.nickname,
  text: comment.text,
  tone: comment.role === 'host' ? 'host' : 'viewer',
})

/** The server remembers this many comments for who comes later. */
export const historyMax = 50

/** Comments counted so far: exact while the history held them all, else at least so many. */
export type Tally = { ids: ReadonlySet<string>; isAtLeast: boolean }

export const emptyTally: Tally = { ids: new Set(), isAtLeast: false }

/** The tally after a look at the history; what was counted before stays counted. */
export function afterHistory(tally: Tally, ids: readonly string[]): Tally {
  const mayMiss = ids.length >= historyMax && !ids.some(id => tally.ids.has(id))
  return { ids: new Set([...tally.ids, ...ids]), isAtLeast: tally.isAtLeast || mayMiss }
}

export const afterComment = (tally: Tally, id: string): Tally =>
  tally.ids.has(id) ? tally : { ...tally, ids: new Set([...tally.ids, id]) }
