import { randomBytes } from 'node:crypto'
import type { NumberedDelivery, OpenedTopic, OrderedEntry } from '../bus.ts'
import type { FanoutStore, Missed } from './store.ts'
import type { Notice } from './wire.ts'

type Followed = {
  epoch: string
  oseq: number
  /** While we read the table, notices only say that we must look once more. */
  isReading: boolean
  isStale: boolean
}

type FollowingNeeds = {
  store: FanoutStore
  emit(delivery: NumberedDelivery): void
  warn(facts: object, message: string): void
}

const topicsPerReadMax = 500
const retryMs = 1_000

/** The topics that this process follows, each at the oseq that it has handed on. */
export class Following {
  readonly #needs: FollowingNeeds
  readonly #topics = new Map<string, Followed>()
  #isClosed = false

  constructor(needs: FollowingNeeds) {
    this.#needs = needs
  }

  get topicNames(): string[] {
    return [...this.#topics.keys()]
  }

  async open(topic: string): Promise<OpenedTopic> {
    const followed: Followed = { epoch: '', oseq: 0, isReading: true, isStale: false }
    this.#topics.set(topic, followed)
    try {
      const opened = await this.#read(topic)
      followed.epoch = opened.epoch
      followed.oseq = opened.oseq
      this.#doneReading([topic])
      return opened
    } catch (error) {
      this.#topics.delete(topic)
      throw error
    }
  }

  async #read(topic: string): Promise<OpenedTopic> {
    const { store } = this.#needs
    const position = await store.open(topic, newEpoch())
    return { ...position, recent: await store.recent(topic, position) }
  }

  close(topic: string): void {
    this.#topics.delete(topic)
  }

  /** A new item, or the news that there is one. Hands on what is next and reads what is missing. */
  handleNotice({ topic, epoch, oseq, atMs, json }: Notice): void {
    const followed = this.#topics.get(topic)
    if (!followed) return
    if (followed.isReading) {
      followed.isStale = true
      return
    }
    if (epoch === followed.epoch && oseq <= followed.oseq) return
    const isNext = epoch === followed.epoch && oseq === followed.oseq + 1
    if (isNext && json !== undefined) this.#handOn(topic, followed, { oseq, atMs, json })
    else void this.catchUp([topic])
  }

  #handOn(topic: string, followed: Followed, entry: OrderedEntry): void {
    followed.oseq = entry.oseq
    const { oseq, atMs, json } = entry
    this.#needs.emit({ lane: 'ordered', topic, epoch: followed.epoch, oseq, atMs, json })
  }

  /** Reads what was missed since the last item handed on: after a gap, or a lost connection. */
  async catchUp(topics: readonly string[] = this.topicNames): Promise<void> {
    for (let from = 0; from < topics.length; from += topicsPerReadMax) {
      await this.#catchUpSome(topics.slice(from, from + topicsPerReadMax))
    }
  }

  async #catchUpSome(names: readonly string[]): Promise<void> {
    const behind: [string, Followed][] = []
    for (const topic of names) {
      const followed = this.#topics.get(topic)
      if (!followed) continue
      if (followed.isReading) followed.isStale = true
      else behind.push([topic, followed])
    }
    if (behind.length === 0) return
    for (const [, followed] of behind) followed.isReading = true
    const topics = behind.map(([topic]) => topic)
    try {
      const known = behind.map(([topic, { epoch, oseq }]) => ({ topic, epoch, oseq }))
      const found = new Map((await this.#needs.store.missed(known)).map(one => [one.topic, one]))
      for (const [topic, followed] of behind) {
        if (this.#topics.get(topic) === followed)
          await this.#take(topic, followed, found.get(topic))
      }
      this.#doneReading(topics)
    } catch (error) {
      this.#needs.warn({ error, topicCount: topics.length }, 'ordered items could not be read')
      for (const [, followed] of behind) followed.isReading = false
      if (!this.#isClosed) setTimeout(() => void this.catchUp(topics), retryMs).unref()
    }
  }

  async #take(topic: string, followed: Followed, found: Missed | undefined): Promise<void> {
    if (found?.epoch === followed.epoch) {
      for (const entry of found.entries) {
        if (entry.oseq === followed.oseq + 1) this.#handOn(topic, followed, entry)
      }
      if (followed.oseq >= found.oseq) return
    }
    // The numbers are gone, or some of the items: whoever listens starts over.
    const { epoch, oseq } = await this.#read(topic)
    followed.epoch = epoch
    followed.oseq = oseq
    this.#needs.emit({ lane: 'restart', topic, epoch, oseq })
  }

  #doneReading(topics: readonly string[]): void {
    const stale: string[] = []
    for (const topic of topics) {
      const followed = this.#topics.get(topic)
      if (!followed) continue
      followed.isReading = false
      if (followed.isStale) stale.push(topic)
      followed.isStale = false
    }
    if (stale.length > 0) void this.catchUp(stale)
  }

  stop(): void {
    this.#isClosed = true
    this.#topics.clear()
  }
}

/** Short, for every frame carries it. */
const newEpoch = () => randomBytes(6).toString('base64url')
