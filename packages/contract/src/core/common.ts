import { errors } from '@kaibo/kernel/fail'
import type { Fen } from '@kaibo/kernel/money'
import { pageLimitDefault, pageLimitMax } from '@kaibo/kernel/page'
import { type TSchema, Type } from 'typebox'

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'
/** A UUID. */
export const Id = Type.String({ pattern: `^${uuid}$` })
/** Up to `max` UUIDs in one field of a query, with commas. */
export const idsOf = (max: number) => Type.String({ pattern: `^${uuid}(,${uuid}){0,${max - 1}}$` })
/** An instant, ISO 8601 in UTC. */
export const Instant = Type.String({ format: 'date-time' })
export const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()])

/** An amount in fen, 0 … 10 million yuan. Branded, so that arithmetic goes through the kernel. */
export const Money = Type.Unsafe<Fen>(Type.Integer({ minimum: 0, maximum: 1_000_000_000 }))
export const Quantity = Type.Integer({ minimum: 1, maximum: 999 })

/** A closed object: unknown fields are refused on the way in and dropped on the way out. */
export const object = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })

/** A closed object that becomes a named component of the OpenAPI document. */
export const named = <P extends Record<string, TSchema>>(title: string, properties: P) =>
  Type.Object(properties, { title, additionalProperties: false })

/** One of a few words. */
export const oneOf = <const W extends readonly string[]>(words: W) =>
  Type.Unsafe<W[number]>(Type.String({ enum: [...words] }))

export const pageQuery = {
  cursor: Type.Optional(Type.String({ maxLength: 512 })),
  limit: Type.Integer({ minimum: 1, maximum: pageLimitMax, default: pageLimitDefault }),
}
export const pageOf = <S extends TSchema>(item: S) =>
  object({ items: Type.Array(item), next: nullable(Type.String()) })

export const ById = object({ id: Id })
export const ByShop = object({ shopId: Id })
export const ByShopAndId = object({ shopId: Id, id: Id })
export const Done = object({ ok: Type.Literal(true) })

/** Text that people type: trimmed by the server, no control characters but newline. */
export const text = (minLength: number, maxLength: number) =>
  Type.String({ minLength, maxLength, pattern: '^[^\\u0000-\\u0009\\u000b-\\u001f\\u007f]*$' })

/** Codes that any route may answer. */
export const commonErrors = errors({
  'request.invalid': [400, 'Some fields are not right.', '有字段填写不正确'],
  'request.bad_cursor': [400, 'This page link is no longer valid.', '翻页链接已失效'],
  'request.too_large': [413, 'This is too large.', '内容过大'],
  'request.unsupported_type': [415, 'This kind of content is not accepted.', '不支持的内容类型'],
  'request.wrong_method': [
    405,
    'This address does not take that method.',
    '该地址不支持此请求方法',
  ],
  'request.not_found': [404, 'There is nothing here.', '没有找到'],
  'request.forged': [403, 'The request did not come from this site.', '请求来源不可信'],
  'request.too_many': [429, 'Too many requests. Please wait a moment.', '操作太频繁，请稍后再试'],
  'request.idempotency_key_missing': [
    400,
    'An Idempotency-Key header is required.',
    '缺少 Idempotency-Key',
  ],
  'request.idempotency_mismatch': [
    409,
    'This key was used for another request.',
    '该幂等键已用于其他请求',
  ],
  'request.in_progress': [409, 'The same request is still being worked on.', '相同请求正在处理中'],
  'auth.required': [401, 'Please sign in first.', '请先登录'],
  'auth.forbidden': [403, 'You are not allowed to do this.', '没有权限'],
  'server.busy': [503, 'The server is busy. Please try again.', '系统繁忙，请稍后再试'],
})
