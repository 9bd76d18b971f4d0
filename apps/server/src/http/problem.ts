import { allErrors, type ErrorCode } from '@kaibo/contract/api'
import { sqlState } from '@kaibo/db/log'
import { AppError, type ErrorData } from '@kaibo/kernel/fail'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'

const known: Readonly<Record<string, (typeof allErrors)[ErrorCode]>> = allErrors

/** The two languages of the product; anything but Chinese reads English. */
const speaksChinese = (request: FastifyRequest): boolean =>
  /^\s*zh\b/i.test(request.headers['accept-language'] ?? 'zh')

/** Fastify's own refusals, in our codes. */
const frameworkCodes: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_VALIDATION: 'request.invalid',
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.unsupported_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request.invalid',
  FST_ERR_CTP_INVALID_JSON_BODY: 'request.invalid',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request.invalid',
  FST_ERR_BAD_URL: 'request.not_found',
  FST_ERR_NOT_FOUND: 'request.not_found',
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
    if (text.status === 429 || text.status === 503) reply.header('retry-after', '1')
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
  'ENOENT',
])

function asFailure(error: FastifyError | Error): { code: string; data: ErrorData } | null {
  if (error instanceof AppError) return error
  if (awayStates.has(sqlState(error) ?? '')) return { code: 'server.busy', data: {} }
  if (!('code' in error)) return null
  const code = frameworkCodes[error.code]
  if (code) return { code, data: 'validation' in error ? firstField(error) : {} }
  return 'statusCode' in error && error.statusCode === 400
    ? { code: 'request.invalid', data: {} }
    : null
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
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify({ title, status, code, data, requestId: reply.request.id }))
}
