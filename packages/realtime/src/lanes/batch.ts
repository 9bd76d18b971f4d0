import type { Stats } from '../hub/stats.ts'
import type { RealtimeLimits } from '../limits.ts'
import type { Wire } from '../wire.ts'
import { envelopeFrames } from './frame.ts'
import type { Pending, Subscription, Topic } from './topic.ts'

/** What one sweep brings to every socket of one topic. */
export type Batch = {
  readonly topic: Topic
  readonly epoch: string
  /** The newest ordered item when the sweep began; newer ones leave with the next sweep. */
  readonly oseqTo: number
  readonly pending: Pending
  /** The frame for sockets that stand at `oseq`, built when the first of them is met. */
  frame(oseq: number, size: FrameSize, wire: Wire): Buffer | undefined
  /** The frame with the author's own events that fell to the cap. */
  echo(identityId: string, wire: Wire): Buffer | undefined
}

type FrameSize = 'full' | 'lean'

/** Takes everything that waits in the topic. Sockets at the same place share one buffer. */
export function takeBatch(topic: Topic, limits: RealtimeLimits, nowMs: number): Batch {
  const pending = topic.takePending(nowMs)
  const { epoch, name } = topic
  const oseqTo = topic.ring.oseq
  topic.sweptOseq = oseqTo
  const full = [...pending.events, ...pending.latest]
  const frames = new Map<Wire, Record<FrameSize, Map<number, Buffer>>>()
  const framesOn = (wire: Wire) => {
    const known = frames.get(wire) ?? { full: new Map(), lean: new Map() }
    frames.set(wire, known)
    return known
  }
  const { frameBytesMax } = limits
  /** Nearly all sockets stand at the same place: the answer to one is the answer to the next. */
  let last: { oseq: number; size: FrameSize; wire: Wire; frame: Buffer } | undefined
  return {
    topic,
    epoch,
    oseqTo,
    pending,
    frame(oseq, size, wire) {
      if (last?.oseq === oseq && last.size === size && last.wire === wire) return last.frame
      const known = frames.get(wire)?.[size].get(oseq)
      if (known) return known
      const social = size === 'full' ? full : pending.latest
      const ordered = topic.ring.after(oseq)?.slice(0, Math.max(0, oseqTo - oseq))
      if (ordered === undefined || ordered.length + social.length === 0) return undefined
      const envelope = { topic: name, epoch, oseqFrom: oseq + 1, ordered, social }
      const frame = envelopeFrames(envelope, { frameBytesMax, wire })
      framesOn(wire)[size].set(oseq, frame)
      last = { oseq, size, wire, frame }
      return frame
    },
    echo(identityId, wire) {
      const social = pending.echoes.get(identityId)
      if (social === undefined) return undefined
      const envelope = { topic: name, epoch, oseqFrom: oseqTo + 1, ordered: [], social }
      return envelopeFrames(envelope, { frameBytesMax, wire })
    },
  }
}

/** Brings the batch to one socket, as far as its queue allows (realtime.md, back-pressure). */
export function deliver(
  batch: Batch,
  subscription: Subscription,
  { nowMs, stats }: { nowMs: number; stats: Stats },
): void {
  if (!subscription.isLive) return
  const { receiver } = subscription
  const capacity = receiver.capacity(nowMs)
  const owesOrdered = subscription.oseq < batch.oseqTo
  if (capacity === 'stuck') {
    stats.socialSkippedCount++
    if (owesOrdered) receiver.sendAway()
    return
  }
  if (capacity === 'lean' && batch.pending.events.length > 0) stats.socialSkippedCount++
  const frame = batch.frame(subscription.oseq, capacity, receiver.wire)
  // The ring is bounded: who fell out of it between two sweeps resumes like a returning client.
  if (frame === undefined && owesOrdered) {
    receiver.sendAway()
    return
  }
  if (frame) receiver.write(frame)
  if (owesOrdered) subscription.oseq = batch.oseqTo
  if (capacity === 'lean' || batch.pending.echoes.size === 0) return
  const echo = batch.echo(receiver.identityId, receiver.wire)
  if (echo) receiver.write(echo)
}
