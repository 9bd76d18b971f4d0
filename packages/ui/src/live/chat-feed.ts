/** A line in the room's chat. `tone` marks who speaks or what happened. */
export type ChatRow = {
  id: string
  author: string
  text: string
  tone?: 'viewer' | 'host' | 'own' | 'notice' | 'order' | undefined
}

export type ChatFeed = {
  /** Adds a row; it shows with the next batch. A row with a known id is dropped. */
  push(row: ChatRow): void
  /** Adds a row at once: the reader's own words must not wait. */
  pushNow(row: ChatRow): void
  /** Takes rows out, such as recalled or moderated ones. */
  remove(isGone: (row: ChatRow) => boolean): void
  /** Starts again, with a snapshot for example. */
  reset(rows: readonly ChatRow[]): void
  rows(): readonly ChatRow[]
  subscribe(listener: () => void): () => void
}

export const chatRowsMax = 50
export const chatBatchMs = 150

/**
 * The chat's buffer. A busy room sends more than a screen can draw, so rows are shown in batches,
 * only the newest are kept, and a redelivered row (after a reconnect) appears once.
 */
export function createChatFeed(limits = { rowsMax: chatRowsMax, batchMs: chatBatchMs }): ChatFeed {
  const listeners = new Set<() => void>()
  let shown: readonly ChatRow[] = []
  let waiting: ChatRow[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const show = (rows: readonly ChatRow[]) => {
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
  const keep = (row: ChatRow): boolean => {
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
