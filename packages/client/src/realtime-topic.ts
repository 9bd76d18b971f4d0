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

const waitingMax = 1_000

type FeedNeeds = {
  /** Asks the server to go on behind our position. */
  resubscribe(): void
  retryLater(task: () => void): void
}

/** One topic as the client sees it: drops what it knows, notices gaps, feeds its listeners. */
export class TopicFeed {
  readonly #needs: FeedNeeds
  readonly #readers = new Set<Reader>()
  #at: Position | undefined
  /** Between noticing a gap and the server's answer nothing can be taken. */
  #isAsking = false

  constructor(needs: FeedNeeds) {
    this.#needs = needs
  }

  /** Where this client stands: the end of what it received. */
  get position(): Position | undefined {
    return this.#at
  }

  get readerCount(): number {
    return this.#readers.size
  }

  add(listener: TopicListener): () => void {
    const reader: Reader = { listener, heldOseq: 0, waiting: [], fetch: 0 }
    this.#readers.add(reader)
    if (this.#at) void this.#fetchSnapshot(reader, this.#at)
    return () => {
      reader.fetch++
      this.#readers.delete(reader)
    }
  }

  /** The server's answer to a subscription. */
  handleStart({ epoch, oseq }: Position): void {
    this.#isAsking = false
    if (this.#at && this.#at.epoch === epoch && this.#at.oseq === oseq) return
    this.#at = { epoch, oseq }
    for (const reader of this.#readers) void this.#fetchSnapshot(reader, this.#at)
  }

  handleItems({ epoch, oseqFrom, ordered, social }: ItemsMessage): void {
    for (const item of social) {
      for (const { listener } of this.#readers) listener.onSocial?.(item)
    }
    if (!this.#at || this.#isAsking) return
    if (epoch !== this.#at.epoch || oseqFrom > this.#at.oseq + 1) {
      this.#isAsking = true
      this.#needs.resubscribe()
      return
    }
    let { oseq } = this.#at
    for (const item of ordered.slice(oseq + 1 - oseqFrom)) {
      oseq++
      this.#at = { epoch, oseq }
      for (const reader of this.#readers) take(reader, item, oseq)
    }
  }

  handleError(code: string): void {
    for (const { listener } of this.#readers) listener.onError?.(code)
  }

  async #fetchSnapshot(reader: Reader, position: Position): Promise<void> {
    const mine = ++reader.fetch
    const waiting: Waiting[] = []
    reader.waiting = waiting
    const held = await this.#heldBy(reader, position)
    if (mine !== reader.fetch || !this.#at) return
    if (held === 'failed') {
      this.#needs.retryLater(() => {
        if (mine === reader.fetch && this.#at) void this.#fetchSnapshot(reader, this.#at)
      })
      return
    }
    // Too much arrived meanwhile: the snapshot is old already.
    if (waiting.length >= waitingMax) return this.#fetchSnapshot(reader, this.#at)
    reader.heldOseq = held?.epoch === this.#at.epoch ? held.oseq : position.oseq
    reader.waiting = undefined
    for (const { item, oseq } of waiting) take(reader, item, oseq)
  }

  async #heldBy(reader: Reader, position: Position): Promise<Position | undefined | 'failed'> {
    try {
      return await reader.listener.onResync?.(position)
    } catch {
      return 'failed'
    }
  }
}

function take(reader: Reader, item: unknown, oseq: number): void {
  if (reader.waiting) {
    if (reader.waiting.length < waitingMax) reader.waiting.push({ item, oseq })
  } else if (oseq > reader.heldOseq) reader.listener.onOrdered?.(item, oseq)
}
