/** Where a topic's ordered lane stands: `oseq` counts gaplessly from 1 within one `epoch`. */
export type Position = { readonly epoch: string; readonly oseq: number }

/** An ordered item as the bus numbered it; `json` is the item already serialised. */
export type OrderedEntry = {
  readonly oseq: number
  readonly atMs: number
  readonly json: string
}

/** What a topic looked like when it was opened, with the newest ordered entries (oldest first). */
export type OpenedTopic = Position & { readonly recent: readonly OrderedEntry[] }

/** The lossy lanes: gaps are legal, so a bus may drop these when it is behind. */
export type LossyMessage =
  /** An event that people see scroll by; `echoTo` names the identity that must always see it. */
  | { readonly lane: 'social'; readonly json: string; readonly echoTo?: string }
  /** A state: only the newest per key matters. */
  | { readonly lane: 'latest'; readonly key: string; readonly json: string }
  /** Hub to hub: presence reports and revocations. Never reaches a client. */
  | { readonly lane: 'control'; readonly json: string }

export type Publication = { readonly lane: 'ordered'; readonly json: string } | LossyMessage

export type OrderedDelivery = OrderedEntry & {
  readonly lane: 'ordered'
  readonly topic: string
  readonly epoch: string
}

/** The numbers of a topic begin anew behind this position; whoever listens refetches. */
export type RestartDelivery = Position & { readonly lane: 'restart'; readonly topic: string }

export type NumberedDelivery = OrderedDelivery | RestartDelivery
export type Delivery = NumberedDelivery | (LossyMessage & { readonly topic: string })

/**
 * Carries publications to every process. What a provider must keep:
 *
 * 1. `publish` on the ordered lane resolves when the item has its oseq and is durable enough to be
 *    read again; it rejects when it has not. The publisher hears its own items only through the
 *    handler, so no socket ever sees an item before it is numbered.
 * 2. After `open(topic)` every ordered item with a higher oseq is delivered in order and without a
 *    gap. After an outage the provider re-reads from its last oseq. If it cannot, it says `restart`;
 *    the hub then tells the clients to refetch their snapshots.
 * 3. A topic that no process follows needs no numbers: publishing there may be forgotten at once.
 * 4. Lossy messages reach the publishing process too, and each process at most once.
 */
export type FanoutBus = {
  /** Whether other processes share this bus: only then are presence reports worth sending. */
  readonly isShared: boolean
  publish(topic: string, message: Publication): void | Promise<void>
  /** Starts following. Calling it again for a followed topic is an error of the caller. */
  open(topic: string): OpenedTopic | Promise<OpenedTopic>
  /** Stops following. */
  close(topic: string): void
  /** The position as the owner of the numbers knows it, or undefined when nobody follows the topic. */
  position(topic: string): Position | undefined | Promise<Position | undefined>
  /** Everything published by any process comes here. Returns the unsubscriber. */
  subscribe(handler: (delivery: Delivery) => void): () => void
}
