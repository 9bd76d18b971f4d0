export type BoundedQueue<T> = {
  /** Adds an item; when the queue is full, the oldest one that waits is dropped. */
  add(item: T): void
  /** Resolves when nothing waits and nothing runs. */
  idle(): Promise<void>
  readonly counts: { readonly waiting: number; readonly dropped: number }
}

/**
 * Items in their order, a few at a time. An old picture is worth less than a new one: whoever cannot
 * follow loses the oldest, and it is counted. `work` must not reject.
 */
export function createQueue<T>(needs: {
  sizeMax: number
  workersMax: number
  work: (item: T) => Promise<void>
}): BoundedQueue<T> {
  const waiting: T[] = []
  const running = new Set<Promise<void>>()
  let droppedCount = 0
  const next = () => {
    const item = running.size < needs.workersMax ? waiting.shift() : undefined
    if (item === undefined) return
    const run = needs.work(item).finally(() => {
      running.delete(run)
      next()
    })
    running.add(run)
  }
  return {
    add(item) {
      waiting.push(item)
      next()
      if (waiting.length <= needs.sizeMax) return
      waiting.shift()
      droppedCount += 1
    },
    async idle() {
      while (running.size > 0) await Promise.all(running)
    },
    get counts() {
      return { waiting: waiting.length, dropped: droppedCount }
    },
  }
}
