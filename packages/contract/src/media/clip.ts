import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import {
  ById,
  ByShopAndId,
  Done,
  Id,
  Instant,
  named,
  nullable,
  object,
  oneOf,
  pageOf,
  pageQuery,
  text,
} from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'
import { ProductCard } from '../goods/catalog.ts'
import { clipFailures, clipModes, clipStates, downloadStates } from './clip-life.ts'

/** A clip 切片 of a replay, as its shop sees it. Addresses are null until it is `ready`. */
export const Clip = named('Clip', {
  id: Id,
  liveId: Id,
  title: Type.String(),
  /** The product whose page shows it; null = the replay alone. */
  productId: nullable(Id),
  fromMs: Type.Integer(),
  toMs: Type.Integer(),
  mode: oneOf(clipModes),
  state: oneOf(clipStates),
  failure: nullable(oneOf(clipFailures)),
  /** What was cut; a copy begins at the key frame before and may be a little longer. */
  durationMs: nullable(Type.Integer()),
  bytes: nullable(Type.Integer()),
  videoUrl: nullable(Type.String()),
  posterUrl: nullable(Type.String()),
  isPublished: Type.Boolean(),
  createdAt: Instant,
})
export type Clip = Static<typeof Clip>

/** What is worth cutting: an explanation that no clip shows yet. */
export const ClipSuggestion = named('ClipSuggestion', {
  productId: Id,
  title: Type.String(),
  fromMs: Type.Integer(),
  toMs: Type.Integer(),
})
export type ClipSuggestion = Static<typeof ClipSuggestion>

/** A published clip, as everybody sees it. */
export const ClipCard = named('ClipCard', {
  id: Id,
  liveId: Id,
  title: Type.String(),
  /** Where it begins in the replay. */
  fromMs: Type.Integer(),
  durationMs: Type.Integer(),
  videoUrl: Type.String(),
  posterUrl: nullable(Type.String()),
  product: nullable(ProductCard),
  /** Whether the shop lets viewers keep a copy, with its name burnt in. */
  mayDownload: Type.Boolean(),
})
export type ClipCard = Static<typeof ClipCard>

export const clipErrors = errors({
  'clip.not_found': [404, 'This clip does not exist.', '切片不存在'],
  'clip.span_invalid': [
    422,
    'A clip lies within the replay and lasts between one second and three minutes.',
    '切片须在回放范围内，时长 1 秒至 3 分钟',
  ],
  'clip.too_many': [409, 'This session has as many clips as it can.', '本场切片数量已达上限'],
  'clip.not_ready': [409, 'This clip is not ready yet.', '切片还未生成'],
  'clip.no_download': [403, 'The shop does not offer this for download.', '店铺未开放下载'],
})

const watch = { can: 'public', scope: 'public', rate: 'read', idempotency: 'safe' } as const
const shopRead = { can: 'live.read', scope: 'shop', rate: 'read', idempotency: 'safe' } as const
const manage = { can: 'live.host', scope: 'shop' } as const
const write = { rate: 'write', idempotency: 'natural', audit: 'write' } as const
const plan = { title: text(1, 40), productId: nullable(Id) }
const clipMs = Type.Integer({ minimum: 0, maximum: 1_000_000_000 })

export const clipApi = {
  highlights: endpoint({
    method: 'GET',
    path: '/clips',
    summary: 'Published clips, newest first: of every shop, of one, of a session or of a product',
    ...watch,
    audit: 'none',
    query: object({
      ...pageQuery,
      shopId: Type.Optional(Id),
      liveId: Type.Optional(Id),
      productId: Type.Optional(Id),
    }),
    reply: pageOf(ClipCard),
    errors: [],
  }),
  video: endpoint({
    method: 'GET',
    path: '/clips/:id/video',
    summary: 'The clip itself as MP4; one that is not published is for its shop alone',
    ...watch,
    // Who asks matters: it is not read once for everybody.
    scope: 'self',
    audit: 'none',
    params: ById,
    reply: 'bytes',
    errors: ['clip.not_found'],
  }),
  askDownload: endpoint({
    method: 'POST',
    path: '/clips/:id/download',
    summary: 'Ask for a copy to keep; ask again until it is ready',
    can: 'public',
    scope: 'public',
    rate: 'write',
    idempotency: 'natural',
    audit: 'none',
    params: ById,
    reply: object({ state: oneOf(downloadStates) }),
    errors: ['clip.not_found', 'clip.no_download'],
  }),
  download: endpoint({
    method: 'GET',
    path: '/clips/:id/download',
    summary: 'A copy to keep, with the name of the shop burnt in',
    ...watch,
    audit: 'none',
    params: ById,
    reply: 'bytes',
    errors: ['clip.not_found', 'clip.no_download', 'clip.not_ready'],
  }),
  list: endpoint({
    method: 'GET',
    path: '/shops/:shopId/live/:id/clips',
    summary: 'Clips of a session of my shop, oldest place first, and what else is worth cutting',
    ...shopRead,
    audit: 'none',
    params: ByShopAndId,
    reply: object({ items: Type.Array(Clip), suggestions: Type.Array(ClipSuggestion) }),
    errors: ['live.not_found'],
  }),
  create: endpoint({
    method: 'POST',
    path: '/shops/:shopId/live/:id/clips',
    summary: 'Cut a clip; the body carries its id',
    ...manage,
    ...write,
    params: ByShopAndId,
    body: object({ clipId: Id, ...plan, fromMs: clipMs, toMs: clipMs, mode: oneOf(clipModes) }),
    reply: Clip,
    errors: [
      'live.not_found',
      'recording.not_ready',
      'recording.stopped',
      'clip.span_invalid',
      'clip.too_many',
      'clip.not_found',
      'product.not_found',
      'wordlist.refused',
    ],
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/shops/:shopId/clips/:id',
    summary: 'Rename a clip, give it to another product, show it or take it back',
    ...manage,
    ...write,
    params: ByShopAndId,
    body: object({
      title: Type.Optional(plan.title),
      productId: Type.Optional(plan.productId),
      isPublished: Type.Optional(Type.Boolean()),
    }),
    reply: Clip,
    errors: ['clip.not_found', 'clip.not_ready', 'product.not_found', 'wordlist.refused'],
  }),
  again: endpoint({
    method: 'POST',
    path: '/shops/:shopId/clips/:id/again',
    summary: 'Cut a clip once more that failed; changes nothing otherwise',
    ...manage,
    ...write,
    params: ByShopAndId,
    body: object({ mode: oneOf(clipModes) }),
    reply: Clip,
    errors: ['clip.not_found'],
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/shops/:shopId/clips/:id',
    summary: 'Remove a clip everywhere',
    ...manage,
    ...write,
    params: ByShopAndId,
    reply: Done,
    errors: ['clip.not_found'],
  }),
}
