import type { OrderedEntry, Position } from '../bus.ts'

/** Catching up over more items than a hub keeps is dearer than the snapshots it would save. */
export const catchUpMax = 1_000

export type TopicPosition = Position & { readonly topic: string }

/** Where a topic stands, with what came after the position that was asked about (oldest first). */
export type Missed = TopicPosition & { readonly entries: readonly OrderedEntry[] }

/** What several processes share. A vendor fills it in, `createSharedFanout` makes a bus of it. */
export type FanoutStore = {
  /**
   * Numbers the items in their order, keeps them for a while and tells every process by an ordered
   * notice. A topic without a position has no follower anywhere: its items may be forgotten.
   */
  publish(items: readonly { topic: string; json: string }[]): Promise<unknown>
  /** The position of a topic; one that has none begins at `newEpoch`, oseq 0. */
  open(topic: string, newEpoch: string): Promise<Position>
  /** The newest items up to a position, oldest first, at most {@link catchUpMax}. */
  recent(topic: string, upTo: Position): Promise<OrderedEntry[]>
  /** What came after; topics without a position are left out, entries of another epoch are empty. */
  missed(known: readonly TopicPosition[]): Promise<Missed[]>
  position(topic: string): Promise<Position | undefined>
  /** Brings payloads to every process, this one included. */
  tell(payloads: readonly string[]): Promise<unknown>
  /** Called every minute: these topics are followed here; whatever is too old may go. */
  keep(topics: readonly string[]): Promise<unknown>
}
