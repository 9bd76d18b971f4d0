import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'

/** Players run on other origins than this process; what they fetch carries its own token. */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD, POST, DELETE, OPTIONS',
  // The star does not stand for this one.
  'access-control-allow-headers': 'authorization, *',
  'access-control-expose-headers': 'location, link, retry-after, content-range',
  'access-control-max-age': '86400',
} as const

/** A playlist is 2 to 4 KB, four times a second for each viewer: a small window costs a third and loses nothing. */
const SMALL_ZIP = { level: 1, memLevel: 5, windowBits: 12 } as const

/** `gzip;q=0` means: not that one. */
const TAKES_GZIP = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/

/** A request with its address taken apart. */
export type Exchange = {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly path: string
  readonly query: URLSearchParams
}

export type Reply = {
  readonly status: number
  readonly type?: string
  readonly cacheControl?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** Goes compressed to who takes that. */
  readonly isText?: boolean
}

export const reply = (response: ServerResponse, with_: Reply): void => {
  const { status, type = 'text/plain; charset=utf-8', body = '' } = with_
  if (response.headersSent || response.destroyed) return
  const isZipped = with_.isText && TAKES_GZIP.test(`${response.req.headers['accept-encoding']}`)
  const plain = typeof body === 'string' ? Buffer.from(body) : body
  const bytes = isZipped ? gzipSync(plain, SMALL_ZIP) : plain
  response.writeHead(status, {
    ...CORS,
    ...with_.headers,
    ...(with_.isText && { vary: 'accept-encoding' }),
    ...(isZipped && { 'content-encoding': 'gzip' }),
    'content-type': type,
    'content-length': bytes.length,
    'cache-control': with_.cacheControl ?? 'no-store',
  })
  response.end(bytes)
}

export const replyJson = (response: ServerResponse, status: number, body: object): void =>
  reply(response, { status, type: 'application/json', body: JSON.stringify(body) })

/** Opens an answer without end: bytes follow until either side closes. */
export const openStream = (response: ServerResponse, type: string): void => {
  // Without chunk framing every viewer can be sent the very same bytes.
  response.removeHeader('transfer-encoding')
  response.writeHead(200, {
    ...CORS,
    'content-type': type,
    'cache-control': 'no-store',
    connection: 'close',
  })
  response.flushHeaders()
}

/** Begins an answer of known length whose bytes follow. */
export const openFile = (
  response: ServerResponse,
  { status, headers }: { status: number; headers: Readonly<Record<string, string>> },
): void => {
  response.writeHead(status, { ...CORS, ...headers })
}
