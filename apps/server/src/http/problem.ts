import type { Socket } from 'node:net'
import { allErrors, type ErrorCode } from '@kaibo/contract/api'
import { sqlState } from '@kaibo/db/log'
import { AppError, type ErrorData } from '@kaibo/kernel/fail'
import { newId } from '@kaibo/kernel/ids'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'

const known: Readonly<Record<string, (typeof allErrors)[ErrorCode]>> = allErrors
const problemType = 'application/problem+json; charset=utf-8'

/** The two languages of the product; anything but Chinese reads English. */
const speaksChinese = (request: FastifyRequest): boolean =>
  /^\s*zh\b/i.test(request.headers['accept-language'] ?? 'zh')

/** The framework's own refusals, in our codes. */
const frameworkCodes: Readonly<Record<number, ErrorCode>> = {
  400: 'request.invalid',
  403: 'request.not_found',
  404: 'request.not_found',
  405: 'request.wrong_method',
  413: 'request.too_large',
  414: 'request.not_found',
  415: 'request.unsupported_type',
  503: 'server.busy',
}

/** Answers every failure as `application/problem+json` (RFC 9457) with a stable `code`. */
export function sendProblem(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const failure = asFailure(error)
  const text = failure ? known[failure.code] : undefined
  if (failure && text) {
    const title = speaksChinese(request) ? text.zh : text.en
    if (text.status === 429 || text.status === 503) {
      reply.header('retry-after', String(failure.data.retryAfterSec ?? 1))
    }
    return send(reply, { status: text.status, code: failure.code, title, data: failure.data })
  }
  request.log.error({ err: error }, 'unexpected failure')
  const title = speaksChinese(request)
    ? '服务器出错了，我们已记录'
    : 'Something went wrong on our side. It has been recorded.'
  return send(reply, { status: 500, code: 'server.failed', title, data: {} })
}

/** The database is away for a moment: shutting down, starting, full, or not reached. */
const awayStates = new Set([
  '57P01',
  '57P02',
  '57P03',
  '53300',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTCONN',
  'ETIMEDOUT',
  'ENOENT',
])

/** What the driver says, without a code, of a connection that broke or could not be had in time. */
const brokenConnection =
  /^(Connection terminated|timeout exceeded|Client (has encountered|was closed)|Postgres connection has been discarded|Query read timeout)/

const isDatabaseAway = (error: Error): boolean =>
  awayStates.has(sqlState(error) ?? '') || brokenConnection.test(error.message)

function asFailure(error: FastifyError | Error): { code: string; data: ErrorData } | null {
  if (error instanceof AppError) return error
  if (isDatabaseAway(error)) return { code: 'server.busy', data: {} }
  if (!('statusCode' in error) || error.statusCode === undefined) return null
  const code = frameworkCodes[error.statusCode]
  return code ? { code, data: 'validation' in error ? firstField(error) : {} } : null
}

/** Names the first field that is not right, so that a form can point at it. */
function firstField(error: FastifyError): ErrorData {
  const [first] = error.validation ?? []
  if (!first) return {}
  const missing = first.params.missingProperty ?? first.params.additionalProperty
  const field = [first.instancePath, missing].filter(Boolean).join('/')
  return { field, rule: first.keyword, part: error.validationContext ?? 'body' }
}

type Problem = { status: number; code: string; title: string; data: ErrorData }

function send(reply: FastifyReply, { status, code, title, data }: Problem): FastifyReply {
  return reply
    .code(status)
    .header('content-type', problemType)
    .header('cache-control', 'no-store')
    .send(JSON.stringify({ title, status, code, data, requestId: reply.request.id }))
}

/** Answers bytes that are no HTTP request, or whose head is too large, and hangs up. */
export function refuseBytes(error: Error, socket: Socket): void {
  if (socket.destroyed || !socket.writable) return
  const isTooLarge = 'code' in error && error.code === 'HPE_HEADER_OVERFLOW'
  const code: ErrorCode = isTooLarge ? 'request.too_large' : 'request.invalid'
  const [status, phrase] = isTooLarge
    ? [431, 'Request Header Fields Too Large']
    : [400, 'Bad Request']
  const problem = { title: allErrors[code].en, status, code, data: {}, requestId: newId() }
  const body = JSON.stringify(problem)
  socket.end(
    `HTTP/1.1 ${status} ${phrase}\r\nContent-Type: ${problemType}\r\nConnection: close\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
