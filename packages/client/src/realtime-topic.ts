import type { ItemsMessage, Position } from './realtime-wire.ts'

export type TopicListener = {
  /** An ordered item, exactly once and in order, on top of the newest snapshot. */
  onOrdered?(item: unknown, oseq: number): void
  /** An event or a state of the social lane; some may be missing. */
  onSocial?(item: unknown): void
  /**
   * Fetch the snapshot now: at first, and whenever catching up is impossible. Ordered items wait
   * until it resolves; those that the snapshot already holds are dropped, so answer with the
   * position that came with it. A rejection is tried again.
   */
  onResync?(position: Position): Promise<Position | undefined>
  /** The server refused the topic: `topic.forbidden`, `topic.too_many`. */
  onError?(code: string): void
}

type Waiting = { readonly item: unknown; readonly oseq: number }

type Reader = {
  readonly listener: TopicListener
  /** Items up to here are part of the listener's snapshot. */
  heldOseq: number
  /** Items that wait for a snapshot; undefined when none is being fetched. */
  waiting: Waiting[] | undefined
  /** Counts fetches: only the newest one's answer matters. */
  fetch: number
}

export type TopicFeed = {
  /** Where this client stands: the end of what it received. */
  position(): Position | undefined
  add(listener: TopicListener): () => void
  readonly readerCount: number
  /** The server's answer to a subscription. */
  handleStart(position: Position): void
  handleItems(message: ItemsMessage): void
  handleError(code: string): void
}

type FeedNeeds = {
  /** Asks the server to continue from our position. */
  resubscribe(): void
  retryLater(task: () => void): void
}

const waitingMax = 1_000

/** One topic as the client sees it: drops what it knows, notices gaps, feeds its listeners. */
export function createTopicFeed({ resubscribe, retryLater }: FeedNeeds): TopicFeed {
  const readers = new Set<Reader>()
  let at: Position | undefined
  /** Between noticing a gap and the server's answer nothing can be taken. */
  let isAsking = false

  const fetchSnapshot = async (reader: Reader, position: Position) => {
    const mine = ++reader.fetch
    reader.waiting = []
    let held: Position | undefined
    try {
      held = await reader.listener.onResync?.(position)
    } catch {
      retryLater(() => {
        if (mine === reader.fetch && at) void fetchSnapshot(reader, at)
      })
      return
    }
    if (mine !== reader.fetch || !at || !reader.waiting) return
    // Too much arrived meanwhile: the snapshot is old already.
    if (reader.waiting.length >= waitingMax) return fetchSnapshot(reader, at)
    reader.heldOseq = held?.epoch === at.epoch ? held.oseq : position.oseq
    const { waiting } = reader
    reader.waiting = undefined
    for (const { item, oseq } of waiting) take(reader, item, oseq)
  }
  const take = (reader: Reader, item: unknown, oseq: number) => {
    if (reader.waiting) {
      if (reader.waiting.length < waitingMax) reader.waiting.push({ item, oseq })
    } else if (oseq > reader.heldOseq) reader.listener.onOrdered?.(item, oseq)
  }
  const ask = () => {
    if (isAsking) return
    isAsking = true
    resubscribe()
  }
  return {
    position: () => at,
    get readerCount() {
      return readers.size
    },
    add(listener) {
      const reader: Reader = { listener, heldOseq: 0, waiting: [], fetch: 0 }
      readers.add(reader)
      if (at) void fetchSnapshot(reader, at)
      return () => {
        reader.fetch++
        readers.delete(reader)
      }
    },
    handleStart({ epoch, oseq }) {
      isAsking = false
      if (at && at.epoch === epoch && at.oseq === oseq) return
      at = { epoch, oseq }
      for (const reader of readers) void fetchSnapshot(reader, at)
    },
    handleItems({ epoch, oseqFrom, ordered, social }) {
      for (const item of social) for (const { listener } of readers) listener.onSocial?.(item)
      if (!at || isAsking) return
      if (epoch !== at.epoch || oseqFrom > at.oseq + 1) return ask()
      const fresh = ordered.slice(at.oseq + 1 - oseqFrom)
      for (const item of fresh) {
        at = { epoch, oseq: at.oseq + 1 }
        for (const reader of readers) take(reader, item, at.oseq)
      }
    },
    handleError(code) {
      for (const { listener } of readers) listener.onError?.(code)
    },
  }
}
