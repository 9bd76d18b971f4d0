import { allEndpoints } from '@kaibo/contract/api'
import type { EndpointDef } from '@kaibo/contract/core/endpoint'
import { newId } from '@kaibo/kernel/ids'
import type { InjectOptions } from 'fastify'

const defs = new Map(allEndpoints().map(({ name, def }) => [name, def]))

export const defOf = (name: string): EndpointDef => {
  const def = defs.get(name)
  if (!def) throw new Error(`there is no endpoint ${name}`)
  return def
}

/** The beginning of every WebM, and no more. */
export const clip = Buffer.from('1a45dfa3874282847765626d1853806780', 'hex')

/** A picture of one pixel. */
export const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

export type Call = {
  name: string
  input: Readonly<Record<string, unknown>>
  token: string | null
  idempotencyKey?: string
}

/** What a client sends for this call: fields go into path, query or body by the declaration. */
export function requestOf({ name, input, token, idempotencyKey }: Call): InjectOptions {
  const def = defOf(name)
  const rest: Record<string, unknown> = { ...input }
  const path = def.path.replaceAll(/:(\w+)/g, (_, field: string) => {
    const value = rest[field]
    delete rest[field]
    // An empty part would be another address.
    return encodeURIComponent(textOf(value)) || '-'
  })
  const headers: Record<string, string> = {}
  if (token) headers.authorization = `Bearer ${token}`
  if (def.idempotency === 'key') headers['idempotency-key'] = idempotencyKey ?? newId()
  const request: InjectOptions = { method: def.method, url: `/api${path}`, headers }
  if (def.body === 'bytes') {
    headers['content-type'] = 'image/png'
    return { ...request, payload: rest.bytes instanceof Uint8Array ? Buffer.from(rest.bytes) : '' }
  }
  if (def.method === 'GET') return { ...request, query: textsOf(rest) }
  if (!def.body && Object.keys(rest).length === 0) return request
  headers['content-type'] = 'application/json'
  return { ...request, payload: JSON.stringify(rest) }
}

const textsOf = (fields: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value === undefined || value === null ? [] : [[name, textOf(value)]],
    ),
  )

const textOf = (value: unknown): string =>
  (typeof value === 'object' ? JSON.stringify(value) : String(value)).toWellFormed()
