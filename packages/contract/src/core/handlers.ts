import type { EndpointGroup, Input, Reply } from './endpoint.ts'
import type { Actor } from './permissions.ts'

/** What a transport knows about a call besides its input. */
export type Ctx = {
  readonly actor: Actor
  readonly requestId: string
  /** Address of the caller, for limits and the audit log. */
  readonly ip: string
  /** The host name and port people used to reach us: addresses handed out are built on it. */
  readonly host: string
  /** The browser or app, signed in or not: a random id in a cookie of its own. */
  readonly deviceId: () => string
  /** Present on routes of idempotency class `key`. */
  readonly idempotencyKey: string | null
  /** Sets or clears (null) the session cookie of the answer. */
  readonly setSession: (token: string | null) => void
}

/** One function per route of a group: one breath each. */
export type Handlers<G extends EndpointGroup> = {
  readonly [K in keyof G]: (ctx: Ctx, input: Input<G[K]>) => Promise<Reply<G[K]>>
}
