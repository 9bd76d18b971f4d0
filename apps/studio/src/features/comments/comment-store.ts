import type { Comment } from '@kaibo/contract/show/chat'
import { withComments, withHistory } from './model.ts'

/** A busy room is drawn a few times a second, not with every comment. */
const batchMs = 200

export type CommentStore = {
  items: () => readonly Comment[]
  subscribe: (listener: () => void) => () => void
  /** Shows with the next batch. */
  push: (comment: Comment) => void
  /** Shows at once: the writer's own words must not wait. */
  pushNow: (comment: Comment) => void
  change: (commentId: string, change: Partial<Comment>) => void
  remove: (commentIds: readonly string[]) => void
  /** Joins what the server remembers with what was seen here. */
  restore: (history: readonly Comment[]) => void
}

/** The comments of a room as long as its desk is open. */
export function createCommentStore(): CommentStore {
  const listeners = new Set<() => void>()
  let shown: readonly Comment[] = []
  let waiting: Comment[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const show = (next: readonly Comment[]) => {
    shown = next
    for (const listener of listeners) listener()
  }
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    const batch = waiting
    waiting = []
    show(withComments(shown, batch))
  }
  return {
    items: () => shown,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    push(comment) {
      waiting.push(comment)
      timer ??= setTimeout(flush, batchMs)
    },
    pushNow(comment) {
      waiting.push(comment)
      flush()
    },
    change(commentId, change) {
      flush()
      show(shown.map(comment => (comment.id === commentId ? { ...comment, ...change } : comment)))
    },
    remove(commentIds) {
      flush()
      show(shown.filter(({ id }) => !commentIds.includes(id)))
    },
    restore(history) {
      flush()
      show(withHistory(shown, history))
    },
  }
}
