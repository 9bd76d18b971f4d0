import type { MediaTrouble } from '@kaibo/media/control-client'
import type { Hub } from '@kaibo/media/hub/hub'
import type { Gate } from '@kaibo/media/hub/publisher'
import type { StreamEvent } from '@kaibo/media/hub/stream'

/** Streams whose last trouble is remembered; the oldest is forgotten first. */
const STREAMS_MAX = 500
/** Whoever has not looked by then has found another way. */
const KEPT_MS = 15 * 60_000
/**
 * What hosts did themselves, and networks: no setting of an encoder is to blame. A take-over is most
 * often the same encoder that comes back.
 */
const QUIET: ReadonlySet<string> = new Set([
  ...['unpublished', 'disconnected', 'connection_error', 'shutdown', 'no_connection'],
  ...['ended', 'ended_by_host', 'grace_over', 'kicked', 'key_renewed', 'taken_over'],
])

/**
 * Why the last publisher of each stream was refused or cut, for its host to be told. One reason a
 * stream, however often an encoder tries again.
 */
export const createTroubles = () => {
  const latest = new Map<string, { reason: string; atMs: number }>()
  const note = (streamId: string, reason: string): void => {
    latest.delete(streamId)
    if (QUIET.has(reason)) return
    const [oldest] = latest.keys()
    if (latest.size >= STREAMS_MAX && oldest !== undefined) latest.delete(oldest)
    latest.set(streamId, { reason, atMs: performance.now() })
  }
  return {
    note,
    /** A picture came: whatever it was before, it is solved. */
    handleEvent({ streamId, type }: StreamEvent) {
      if (type === 'publish_start' || type === 'resume') latest.delete(streamId)
    },
    /** A gate that remembers whom it turned away from a stream that is known. */
    gate:
      (authorize: Gate): Gate =>
      async (key, from) => {
        const answer = await authorize(key, from)
        if (!answer.ok && answer.streamId) note(answer.streamId, answer.reason)
        return answer
      },
    /** The hub's entrance, remembering whom it refused and why those that it let in had to go. */
    entrance:
      (attach: Hub['attach']): Hub['attach'] =>
      (streamId, publisher) => {
        const sink = attach(streamId, publisher)
        if ('refused' in sink) {
          note(streamId, sink.refused)
          return sink
        }
        return {
          handleMessage: sink.handleMessage,
          handleGone(reason) {
            note(streamId, reason)
            sink.handleGone(reason)
          },
        }
      },
    list(): MediaTrouble[] {
      const nowMs = performance.now()
      return [...latest].flatMap(([streamId, { reason, atMs }]) => {
        const agoMs = nowMs - atMs
        return agoMs > KEPT_MS ? [] : { streamId, reason, agoSec: Math.round(agoMs / 1_000) }
      })
    },
  }
}

export type Troubles = ReturnType<typeof createTroubles>
