export type Group<Item, Answer> = {
  /** Resolves when the flush that carried `item` has returned. Throws what `full` makes of a full queue. */
  ask(item: Item): Promise<Answer>
}

export type GroupOptions<Item, Answer> = {
  /** Answers items in their order; what it throws is thrown to all of them. */
  flush(items: readonly Item[]): Promise<readonly Answer[]>
  /** Most items in one flush. */
  sizeMax: number
  /** Most items that wait; one more is refused. */
  queueMax: number
  /** What a refused item is told: its place, and about how long that place would wait. */
  full(queue: { place: number; waitMs: number }): Error
  /**
   * Whether an error may be the fault of one item, so that the halves are worth trying by themselves;
   * `flush` must bear the same item twice. Default: no error is.
   */
  isOnes?(error: unknown): boolean
}

type Waiting<Item, Answer> = {
  item: Item
  resolve(answer: Answer): void
  reject(error: unknown): void
}

/**
 * Gathers what comes while a flush is under way and flushes it together as soon as that one has
 * returned: groups grow with the load by themselves, and nobody waits for company that may not come.
 */
export function createGroup<Item, Answer>(
  options: GroupOptions<Item, Answer>,
): Group<Item, Answer> {
  const queue: Waiting<Item, Answer>[] = []
  let isFlushing = false
  let msPerItem = 0

  const settle = async (group: readonly Waiting<Item, Answer>[]): Promise<void> => {
    try {
      const answers = await options.flush(group.map(each => each.item))
      for (const [at, answer] of answers.entries()) group[at]?.resolve(answer)
    } catch (error) {
      if (group.length === 1 || !options.isOnes?.(error)) {
        for (const each of group) each.reject(error)
        return
      }
      const half = Math.ceil(group.length / 2)
      await settle(group.slice(0, half))
      await settle(group.slice(half))
    }
  }

  const run = async () => {
    while (queue.length > 0) {
      const group = queue.splice(0, options.sizeMax)
      const startedMs = performance.now()
      await settle(group)
      msPerItem = (performance.now() - startedMs) / group.length
    }
    isFlushing = false
  }

  return {
    ask: item => {
      const place = queue.length + 1
      if (place > options.queueMax)
        return Promise.reject(options.full({ place, waitMs: Math.ceil(place * msPerItem) }))
      return new Promise((resolve, reject) => {
        queue.push({ item, resolve, reject })
        if (isFlushing) return
        isFlushing = true
        // Whoever asks in the same turn of the event loop comes along.
        setImmediate(run)
      })
    },
  }
}
