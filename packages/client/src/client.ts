import type { Api } from '@kaibo/contract/api'
import type { EndpointDef, EndpointGroup, Input, Reply } from '@kaibo/contract/core/endpoint'
import { newId } from '@kaibo/kernel/ids'
import { type RouteEntry, routes } from './routes.gen.ts'

/** A refusal of the API (stable code, sentence for people) or a failure to reach it (`client.…`). */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: string
  readonly data: Readonly<Record<string, unknown>>
  constructor(facts: {
    status: number
    code: string
    title: string
    data?: Record<string, unknown>
  }) {
    super(facts.title)
    this.status = facts.status
    this.code = facts.code
    this.data = facts.data ?? {}
  }
}

export type CallOptions = {
  signal?: AbortSignal
  /** For routes of idempotency class `key`; made by the client when absent. Keep it over your own retries. */
  idempotencyKey?: string
}

export type ClientNeeds = {
  /** Origin of the server, without a slash at the end; empty = same origin. */
  baseUrl: string
  fetch: typeof globalThis.fetch
  /** `zh-CN` or `en`: the language of error sentences. Asked at every call. */
  language: () => string
  /** Bearer token for apps and scripts; browsers use the cookie. */
  token?: () => string | null
  timeoutMs?: number
}

type Call<D extends EndpointDef> =
  unknown extends Input<D>
    ? (input?: Record<never, never>, options?: CallOptions) => Promise<Reply<D>>
    : (input: Input<D>, options?: CallOptions) => Promise<Reply<D>>
type CallsOf<G extends EndpointGroup> = { readonly [V in keyof G]: Call<G[V]> }

/** `client.order.place({ … })`: one function per route, typed by the contract, without its schemas. */
export type Client = { readonly [N in keyof Api]: CallsOf<Api[N]> }

const timeoutMsDefault = 15_000

export function createClient(needs: ClientNeeds): Client {
  const groups = Object.entries(routes).map(([noun, verbs]) => [
    noun,
    Object.fromEntries(
      Object.entries(verbs).map(([verb, route]) => [
        verb,
        (input: Record<string, unknown> = {}, options: CallOptions = {}) =>
          call(needs, { route, input, options }),
      ]),
    ),
  ])
  return Object.fromEntries(groups)
}

type CallFacts = { route: RouteEntry; input: Record<string, unknown>; options: CallOptions }

async function call(needs: ClientNeeds, { route, input, options }: CallFacts): Promise<unknown> {
  const [method, template, kind] = route
  const rest = { ...input }
  const path = template.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = rest[name]
    delete rest[name]
    return encodeURIComponent(String(value))
  })
  const headers: Record<string, string> = { 'accept-language': needs.language() }
  const token = needs.token?.()
  if (token) headers.authorization = `Bearer ${token}`
  if (kind === 'key') headers['idempotency-key'] = options.idempotencyKey ?? newId()

  const request: RequestInit = { method, headers, credentials: 'same-origin' }
  let url = `${needs.baseUrl}/api${path}`
  if (kind === 'bytes') {
    headers['content-type'] = String(rest.contentType)
    request.body = rest.bytes as NonNullable<RequestInit['body']>
  } else if (method === 'GET') {
    url += queryOf(rest)
  } else if (Object.keys(rest).length > 0) {
    headers['content-type'] = 'application/json'
    request.body = JSON.stringify(rest)
  }
  return send(needs, { url, request, options })
}

function queryOf(fields: Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined && value !== null) query.set(name, String(value))
  }
  const text = query.toString()
  return text ? `?${text}` : ''
}

async function send(
  needs: ClientNeeds,
  { url, request, options }: { url: string; request: RequestInit; options: CallOptions },
): Promise<unknown> {
  const timeout = AbortSignal.timeout(needs.timeoutMs ?? timeoutMsDefault)
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout
  const response = await needs.fetch(url, { ...request, signal }).catch((error: unknown) => {
    if (options.signal?.aborted) throw error
    const code = timeout.aborted ? 'client.timeout' : 'client.offline'
    throw new ApiError({ status: 0, code, title: code })
  })
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return body
  throw new ApiError(problemOf(body, response.status))
}

function problemOf(body: unknown, status: number) {
  const problem = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  return {
    status,
    code: typeof problem.code === 'string' ? problem.code : 'server.failed',
    title: typeof problem.title === 'string' ? problem.title : `HTTP ${status}`,
    data: typeof problem.data === 'object' ? (problem.data as Record<string, unknown>) : {},
  }
}
