import type { PacketConsumer } from '@kaibo/media/hub/packet'
import type { StreamEvent } from '@kaibo/media/hub/stream'
import type { WebSocket } from 'ws'
import type { Exchange } from './http-reply.ts'
import type { Sample } from './metrics.ts'

/** A request that is answered when its path matches and its method is named. */
export type HttpRoute = {
  readonly path: RegExp
  readonly methods: readonly string[]
  handle(exchange: Exchange): Promise<void>
}

/** A WebSocket upgrade; `admit` answers with a status to refuse it, or with what to do once open. */
export type SocketRoute = {
  readonly path: RegExp
  /** The largest message taken from a peer, bytes; one that sends more is cut with code 1009. */
  readonly messageBytesMax: number
  admit(exchange: SocketExchange): SocketRefusal | { open(socket: WebSocket): void }
}

export type SocketExchange = Pick<Exchange, 'request' | 'path' | 'query'>

export type SocketRefusal = { readonly status: number; readonly retryAfterSec?: number }

/** A publisher that never got in. `streamId` when it is known whose it would have been. */
export type Refusal = { readonly ip: string; readonly reason: string; readonly streamId?: string }

export type ViewerKind = 'flv' | 'hls' | 'whep'

/** One way in or out of the process, wired by `process.ts`. Everything is optional. */
export type MediaPart = {
  readonly routes?: readonly HttpRoute[]
  readonly sockets?: readonly SocketRoute[]
  /** Called once, before anything is let in. */
  start?(): Promise<void>
  /** What a new stream feeds beside its FLV viewers; asked before its first packet. */
  createConsumers?(streamId: string): readonly PacketConsumer[]
  /** Called for every event of every stream, before the app server hears of it. */
  handleEvent?(event: StreamEvent): void
  viewerCount?(streamId: string, kind: ViewerKind): number
  samples?(): readonly Sample[]
  /** Called once, after publishers were cut and before the last events leave. */
  stop?(): Promise<void> | void
}
