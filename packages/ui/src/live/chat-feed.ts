/** A line in the room's chat. `tone` marks who speaks or what happened. */
export type ChatRow = {
  id: string
  author: string
  text: string
  tone?: 'viewer' | 'host' | 'own' | 'notice' | 'order' | undefined
}

/** What a chat keeps of rooms whose rows carry more than the kit shows. */
export type ChatFeed<R extends ChatRow = ChatRow> = {
  /** Adds a row; it shows with the next batch. A row with a known id is dropped. */
  push(row: R): void
  /** Adds a row at once: the reader's own words must not wait. */
  pushNow(row: R): void
  /** Replaces a row by what became of it, such as one that was sent meanwhile. */
  change(id: string, next: (row: R) => R): void
  /** Takes rows out, such as recalled or moderated ones. */
  remove(isGone: (row: R) => boolean): void
  /** Starts again, with a snapshot for example. */
  reset(rows: readonly R[]): void
  rows(): readonly R[]
  subscribe(listener: () => void): () => void
}

export const chatRowsMax = 50
export const chatBatchMs = 150

/**
 * The chat's buffer. A busy room sends more than a screen can draw, so rows are shown in batches,
 * only the newest are kept, and a redelivered row (after a reconnect) appears once.
 */
export function createChatFeed<R extends ChatRow = ChatRow>(
  limits = { rowsMax: chatRowsMax, batchMs: chatBatchMs },
): ChatFeed<R> {
  const listeners = new Set<() => void>()
  let shown: readonly R[] = []
  let waiting: R[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const show = (rows: readonly R[]) => {
    shown = rows.slice(-limits.rowsMax)
    for (const listener of listeners) listener()
  }
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (waiting.length === 0) return
    const batch = waiting
    waiting = []
    show([...shown, ...batch])
  }
  const keep = (row: R): boolean => {
    if (shown.some(({ id }) => id === row.id) || waiting.some(({ id }) => id === row.id)) {
      return false
    }
    waiting.push(row)
    if (waiting.length > limits.rowsMax) waiting.shift()
    return true
  }

  return {
    push(row) {
      if (keep(row)) timer ??= setTimeout(flush, limits.batchMs)
    },
    pushNow(row) {
      if (keep(row)) flush()
    },
    change(id, next) {
      const changed = (row: R) => (row.id === id ? next(row) : row)
      waiting = waiting.map(changed)
      if (shown.some(row => row.id === id)) show(shown.map(changed))
    },
    remove(isGone) {
      waiting = waiting.filter(row => !isGone(row))
      if (shown.some(isGone)) show(shown.filter(row => !isGone(row)))
    },
    reset(rows) {
      clearTimeout(timer)
      timer = undefined
      waiting = []
      show(rows)
    },
    rows: () => shown,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
