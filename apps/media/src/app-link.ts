import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { GateAnswer } from '@kaibo/media/hub/publisher'
import type { StreamEvent } from '@kaibo/media/hub/stream'
import { isLadderOption, type LadderOption } from '@kaibo/media/ladder/rungs'
import type { Piece } from '@kaibo/media/record/shelf'
import type { Logger } from 'pino'

/** A piece of a recording is whole and on disk. */
export type RecordedEvent = {
  readonly streamId: string
  readonly type: 'recorded'
  readonly data: Piece & { readonly folder: string }
}

type Admitted = Extract<GateAnswer, { ok: true }>

type QueuedEvent = (StreamEvent | RecordedEvent) & { readonly id: string; readonly at: string }

export type AppLink = {
  /** Asks the app server about a stream key. Rejects when it does not answer properly in time. */
  authorize(key: string, from: { ip: string }): Promise<GateAnswer>
  /** Whether the app server wanted this stream kept when it last let a publisher in. */
  mayRecord(streamId: string): boolean
  /** The variants that the app server wanted when it last let a publisher in. */
  ladderOf(streamId: string): LadderOption | undefined
  /** Queues an event; it is delivered in order and at least once, as soon as the app listens. */
  tell(event: StreamEvent | RecordedEvent): void
  /** Waits until every queued event was delivered, but no longer than the limit. */
  flush(limitMs: number): Promise<void>
  readonly droppedEventCount: number
}

const AUTHORIZE_TIMEOUT_MS = 650
const EVENTS_TIMEOUT_MS = 3_000
const EVENTS_QUEUED_MAX = 1_000
/** Streams whose wishes are remembered. */
const WISHES_MAX = 1_000
const EVENTS_BATCH_MAX = 50
const RETRY_MIN_MS = 200
const RETRY_MAX_MS = 5_000

/** The media process's calls to the app server. */
export const createAppLink = (at: { appUrl: string; secret: string }, log: Logger): AppLink => {
  const queue: QueuedEvent[] = []
  let droppedEventCount = 0
  let delivery: Promise<void> | undefined
  const wishes = new Map<string, Admitted>()
  const noteWishes = (answer: Admitted) => {
    wishes.delete(answer.streamId)
    const [oldest] = wishes.keys()
    if (wishes.size >= WISHES_MAX && oldest !== undefined) wishes.delete(oldest)
    wishes.set(answer.streamId, answer)
  }

  const post = async (path: string, request: { body: object; timeoutMs: number }) => {
    const response = await fetch(new URL(`/internal/media/${path}`, at.appUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${at.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify(request.body),
      signal: AbortSignal.timeout(request.timeoutMs),
    })
    if (!response.ok) throw new Error(`app answered ${response.status}`)
    return response
  }

  const deliver = async () => {
    let retryMs = RETRY_MIN_MS
    while (queue.length > 0) {
      const events = queue.slice(0, EVENTS_BATCH_MAX)
      try {
        const response = await post('events', { body: { events }, timeoutMs: EVENTS_TIMEOUT_MS })
        await response.arrayBuffer()
        // By identity, because a full queue may have dropped from its head meanwhile.
        const delivered = new Set(events)
        while (queue[0] !== undefined && delivered.has(queue[0])) queue.shift()
        retryMs = RETRY_MIN_MS
      } catch (error) {
        log.warn({ queued: queue.length, error: String(error) }, 'events not delivered, will retry')
        await sleep(retryMs)
        retryMs = Math.min(RETRY_MAX_MS, retryMs * 2)
      }
    }
    delivery = undefined
  }

  return {
    async authorize(key, { ip }) {
      const response = await post('authorize', {
        body: { key, ip },
        timeoutMs: AUTHORIZE_TIMEOUT_MS,
      })
      const answer = parseAnswer(await response.json())
      if (answer.ok) noteWishes(answer)
      return answer
    },
    mayRecord: streamId => wishes.get(streamId)?.records !== false,
    ladderOf: streamId => wishes.get(streamId)?.ladder,
    tell(event) {
      if (queue.length >= EVENTS_QUEUED_MAX) {
        queue.shift()
        droppedEventCount += 1
      }
      queue.push({ id: randomUUID(), at: new Date().toISOString(), ...event })
      delivery ??= deliver()
    },
    async flush(limitMs) {
      await Promise.race([delivery, sleep(limitMs)])
    },
    get droppedEventCount() {
      return droppedEventCount
    },
  }
}

const STREAM_ID = /^[A-Za-z0-9_-]{1,64}$/

/** Anything but a clear yes is a no. */
const parseAnswer = (reply: unknown): GateAnswer => {
  if (typeof reply !== 'object' || reply === null) return { ok: false, reason: 'gate_failed' }
  const streamId = 'streamId' in reply ? reply.streamId : undefined
  if ('ok' in reply && reply.ok === true && typeof streamId === 'string') {
    if (!STREAM_ID.test(streamId)) return { ok: false, reason: 'gate_failed' }
    const ladder = 'ladder' in reply ? reply.ladder : undefined
    const records = !('records' in reply && reply.records === false)
    return { ok: true, streamId, records, ...(isLadderOption(ladder) ? { ladder } : {}) }
  }
  const reason = 'reason' in reply ? reply.reason : undefined
  return {
    ok: false,
    reason: typeof reason === 'string' ? reason.slice(0, 64) : 'refused',
    ...(typeof streamId === 'string' && STREAM_ID.test(streamId) ? { streamId } : {}),
  }
}
