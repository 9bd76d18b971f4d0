export type Group<Item, Answer> = {
  /** Resolves when the flush that carried `item` has returned. Throws what `full` makes of a full queue. */
  ask(item: Item): Promise<Answer>
}

export type GroupOptions<Item, Answer> = {
  /** Answers items in their order; what it throws is thrown to all of them. */
  flush(items: readonly Item[]): Promise<readonly Answer[]>
  /** Most items in one flush. */
  sizeMax: number
  /**
   * From twice so many on, items fly in two halves: while one is flushed, the other one is answered
   * and gathers again. Default: never.
   */
  halfMin?: number
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
  const { sizeMax, halfMin = Number.POSITIVE_INFINITY } = options
  const queue: Waiting<Item, Answer>[] = []
  let flightCount = 0
  let flyingCount = 0
  let isLeaving = false
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

  const fly = async (group: readonly Waiting<Item, Answer>[]) => {
    flightCount++
    flyingCount += group.length
    const startedMs = performance.now()
    await settle(group)
    msPerItem = (performance.now() - startedMs) / group.length
    flightCount--
    flyingCount -= group.length
    leaveSoon()
  }

  const leave = () => {
    isLeaving = false
    while (queue.length >= (flightCount === 0 ? 1 : halfMin) && flightCount < 2) {
      const allCount = queue.length + flyingCount
      const size = allCount < 2 * halfMin ? allCount : Math.ceil(allCount / 2)
      void fly(queue.splice(0, Math.min(size, sizeMax)))
    }
  }

  /** Whoever asks in the same turn of the event loop comes along. */
  const leaveSoon = () => {
    if (isLeaving) return
    isLeaving = true
    setImmediate(leave)
  }

  return {
    ask: item => {
      const place = queue.length + 1
      if (place > options.queueMax)
        return Promise.reject(options.full({ place, waitMs: Math.ceil(place * msPerItem) }))
      return new Promise((resolve, reject) => {
        queue.push({ item, resolve, reject })
        leaveSoon()
      })
    },
  }
}
