/** What is published: the viewers count `"at":` and read the time behind it. */
export type BenchItem = { readonly at: number; readonly n: number; readonly filler: string }

/** `mixed` is a room in use: comments, now and then an ordered item and a new number of hearts. */
export type Lane = 'ordered' | 'social' | 'mixed'

export type PeerName = 'bare' | 'kaibo' | 'ws' | 'socket-io' | 'bun' | 'nats' | 'nchan'

/** A server under measurement, as it runs in a process of its own. */
export type Peer = {
  readonly port: number
  /** The process that is measured, when it is another than the one that publishes. */
  readonly pid?: number
  readonly tickets?: readonly string[]
  /** A Unix socket to the same room: its buffers are small, where TCP holds megabytes. */
  readonly pipe?: string
  publish(item: BenchItem, lane: Lane): void
  facts?(): object
}
