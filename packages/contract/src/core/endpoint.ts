import type { Static, TSchema } from 'typebox'
import type { Permission } from './permissions.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * Whose rows a route touches; enforced by the module, shown in the docs and tested by the matrix:
 * public = anybody's public view · self = the actor's own · shop = a shop the actor works for ·
 * platform = everything.
 */
export type Scope = 'public' | 'self' | 'shop' | 'platform'

/** Which token bucket a call draws from (sizes in the server's rate table). */
export type RateClass = 'read' | 'write' | 'login' | 'upload' | 'money'

/**
 * safe = reads only · natural = repeating it changes nothing more (PUT-like, or the body carries the
 * new row's id) · key = an `Idempotency-Key` header is required and replays answer alike.
 */
export type Idempotency = 'safe' | 'natural' | 'key'

/** none · write = who changed what · money = also amounts · reveal = personal data was shown. */
export type AuditClass = 'none' | 'write' | 'money' | 'reveal'

export type EndpointDef = {
  readonly method: Method
  /** Below `/api`, with `:name` parameters. */
  readonly path: string
  /** One line for the API docs. */
  readonly summary: string
  /** `public` = also visitors. Anything else is a permission of the policy table. */
  readonly can: Permission | 'public'
  readonly scope: Scope
  readonly rate: RateClass
  readonly idempotency: Idempotency
  readonly audit: AuditClass
  readonly params?: TSchema
  readonly query?: TSchema
  /** A JSON schema, or `bytes` for a raw upload. */
  readonly body?: TSchema | 'bytes'
  /** Largest raw upload, in bytes; that of a picture unless said otherwise. */
  readonly bodyBytesMax?: number
  /** A JSON schema, or `bytes` for a file. */
  readonly reply: TSchema | 'bytes'
  /** Codes this route may answer besides the ones every route may (see `commonErrors`). */
  readonly errors: readonly string[]
}

/** Declares one route of the API as a value. */
export const endpoint = <const D extends EndpointDef>(def: D): D => def

type Part<D, K extends string> = D extends { readonly [P in K]: infer S extends TSchema }
  ? Static<S>
  : unknown
type Bytes<D> = D extends { readonly body: 'bytes' }
  ? { bytes: Uint8Array; contentType: string }
  : unknown

/** What a caller gives: path parameters, query and body in one flat object (names never clash). */
export type Input<D extends EndpointDef> = Part<D, 'params'> &
  Part<D, 'query'> &
  Part<D, 'body'> &
  Bytes<D>

/** A file; one with a name is kept under it instead of being shown. */
export type FileReply = { bytes: Uint8Array; contentType: string; fileName?: string }

/** What a caller gets. */
export type Reply<D extends EndpointDef> = D['reply'] extends 'bytes'
  ? FileReply
  : D['reply'] extends TSchema
    ? Static<D['reply']>
    : never

export type EndpointGroup = Readonly<Record<string, EndpointDef>>

/** A fact that is told to other modules through the outbox. */
export type DomainEvent<N extends string = string, P = unknown> = {
  readonly name: N
  readonly schema: TSchema
  /** Never set: carries the payload's type. */
  readonly payload?: P
}

/** Declares an event. */
export const event = <const N extends string, S extends TSchema>(
  name: N,
  schema: S,
): DomainEvent<N, Static<S>> => ({ name, schema })
