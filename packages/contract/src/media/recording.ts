import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import {
  ById,
  ByShopAndId,
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
import { Comment } from '../show/chat.ts'
import { recordingStates, replayStates, retentionClasses } from './recording-life.ts'

/** A stretch of a replay, in milliseconds from its beginning. */
export const ReplaySpan = named('ReplaySpan', { fromMs: Type.Integer(), toMs: Type.Integer() })
export type ReplaySpan = Static<typeof ReplaySpan>

/** A product of the show: its number in the bag (null when it left the bag), and when it was explained. */
export const ReplayProduct = named('ReplayProduct', {
  number: nullable(Type.Integer()),
  product: ProductCard,
  explains: Type.Array(ReplaySpan),
})
export type ReplayProduct = Static<typeof ReplayProduct>

/** The replay 回放 of a session. Everything but `state` is empty unless it is `ready`. */
export const Replay = named('Replay', {
  liveId: Id,
  state: oneOf(replayStates),
  durationMs: Type.Integer(),
  /** A VOD playlist (HLS, fMP4) for some hours; ask again for a new address. */
  play: nullable(object({ url: Type.String(), expiresAt: Instant })),
  /** Explained ones in the order of their first explanation, then the rest of the bag. */
  products: Type.Array(ReplayProduct),
  /** Whether the shop lets viewers keep a copy. */
  mayDownload: Type.Boolean(),
})
export type Replay = Static<typeof Replay>

/** A comment at its place on the time line of the replay. */
export const ReplayComment = named('ReplayComment', { atMs: Type.Integer(), comment: Comment })
export type ReplayComment = Static<typeof ReplayComment>

/** How much of a replay's comments one call may ask for. */
export const replayCommentsSpanMaxMs = 300_000
export const replayCommentsMax = 500

const settingFields = {
  /** Whether the picture is kept at all; takes effect when the next publisher begins. */
  records: Type.Boolean(),
  /** Whether viewers see the replay; the recording is kept either way. */
  isPublic: Type.Boolean(),
  mayDownload: Type.Boolean(),
}

/** What is kept of a session, as its shop and the platform see it. */
export const Recording = named('Recording', {
  liveId: Id,
  shopId: Id,
  shopName: Type.String(),
  title: Type.String(),
  state: oneOf(recordingStates),
  ...settingFields,
  startedAt: nullable(Instant),
  endedAt: nullable(Instant),
  durationMs: Type.Integer(),
  bytes: Type.Integer(),
  /** How long it is kept: sessions that sold something longer than others. */
  retention: oneOf(retentionClasses),
  /** It is not deleted before; null while the session runs. */
  keepUntil: nullable(Instant),
  /** Legal holds that stand: nothing expires while there is one. */
  holdCount: Type.Integer(),
})
export type Recording = Static<typeof Recording>

/** A legal hold 保全: an order by the platform to keep a recording, whatever its class says. */
export const LegalHold = named('LegalHold', {
  id: Id,
  liveId: Id,
  reason: Type.String(),
  placedAt: Instant,
  placedBy: Id,
  liftedAt: nullable(Instant),
  liftReason: nullable(Type.String()),
})
export type LegalHold = Static<typeof LegalHold>

/** One file of a recording, as a case needs it: where it lies on both time lines, and its hash. */
export const CasePiece = named('CasePiece', {
  key: Type.String(),
  initKey: Type.String(),
  url: Type.String(),
  initUrl: Type.String(),
  sha256: Type.String(),
  bytes: Type.Integer(),
  startedAt: Instant,
  atMs: Type.Integer(),
  durationMs: Type.Integer(),
})
export type CasePiece = Static<typeof CasePiece>

/** Everything that is kept of a session, for a case. */
export const CaseFile = named('CaseFile', {
  recording: Recording,
  madeAt: Instant,
  pieces: Type.Array(CasePiece),
  products: Type.Array(ReplayProduct),
  comments: Type.Array(ReplayComment),
  /** Whether there were more comments than one file takes; ask for the later ones by `fromMs`. */
  nextCommentsFromMs: nullable(Type.Integer()),
  holds: Type.Array(LegalHold),
})
export type CaseFile = Static<typeof CaseFile>

export const recordingErrors = errors({
  'recording.not_found': [404, 'Nothing was recorded of this session.', '本场直播没有录像'],
  'recording.not_ready': [409, 'The replay is not ready yet.', '回放还未生成'],
  'hold.not_found': [404, 'This hold does not exist.', '保全记录不存在'],
  'hold.lifted': [409, 'This hold was lifted before.', '该保全已解除'],
})

export const recordingApi = {
  replay: endpoint({
    method: 'GET',
    path: '/live/:id/replay',
    summary: 'The replay of an ended session: how to play it, and its products in time',
    can: 'public',
    scope: 'public',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ById,
    reply: Replay,
    errors: ['live.not_found'],
  }),
  comments: endpoint({
    method: 'GET',
    path: '/live/:id/replay/comments',
    summary: 'What was written during a stretch of the replay, oldest first',
    can: 'public',
    scope: 'public',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ById,
    query: object({
      fromMs: Type.Integer({ minimum: 0 }),
      toMs: Type.Integer({ minimum: 0 }),
    }),
    reply: object({ items: Type.Array(ReplayComment) }),
    errors: ['live.not_found', 'recording.not_ready'],
  }),
  playlist: endpoint({
    method: 'GET',
    path: '/live/:id/replay/index.m3u8',
    summary: 'The HLS playlist of a replay; its address is part of the replay',
    can: 'public',
    scope: 'public',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ById,
    query: object({ t: Type.String({ maxLength: 100 }) }),
    reply: 'bytes',
    errors: ['recording.not_found'],
  }),
  recording: endpoint({
    method: 'GET',
    path: '/shops/:shopId/live/:id/recording',
    summary: 'What is kept of a session of my shop, and its settings',
    can: 'live.read',
    scope: 'shop',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ByShopAndId,
    reply: Recording,
    errors: ['live.not_found'],
  }),
  set: endpoint({
    method: 'PATCH',
    path: '/shops/:shopId/live/:id/recording',
    summary: 'Choose whether a session is recorded, shown again, and may be downloaded',
    can: 'live.host',
    scope: 'shop',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: ByShopAndId,
    body: object({
      records: Type.Optional(Type.Boolean()),
      isPublic: Type.Optional(Type.Boolean()),
      mayDownload: Type.Optional(Type.Boolean()),
    }),
    reply: Recording,
    errors: ['live.not_found'],
  }),
  list: endpoint({
    method: 'GET',
    path: '/platform/recordings',
    summary: 'All recordings, newest first',
    can: 'platform.read',
    scope: 'platform',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    query: object({
      ...pageQuery,
      state: Type.Optional(oneOf(recordingStates)),
      shopId: Type.Optional(Id),
      isHeld: Type.Optional(Type.Boolean()),
    }),
    reply: pageOf(Recording),
    errors: [],
  }),
  holds: endpoint({
    method: 'GET',
    path: '/platform/recordings/:id/holds',
    summary: 'Legal holds of a recording, newest first, lifted ones too',
    can: 'platform.read',
    scope: 'platform',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ById,
    reply: object({ items: Type.Array(LegalHold) }),
    errors: ['recording.not_found'],
  }),
  hold: endpoint({
    method: 'POST',
    path: '/platform/recordings/:id/holds',
    summary: 'Keep a recording until the hold is lifted',
    can: 'platform.manage',
    scope: 'platform',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: ById,
    body: object({ holdId: Id, reason: text(1, 200) }),
    reply: LegalHold,
    errors: ['recording.not_found'],
  }),
  liftHold: endpoint({
    method: 'POST',
    path: '/platform/holds/:id/lift',
    summary: 'Lift a legal hold',
    can: 'platform.manage',
    scope: 'platform',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: ById,
    body: object({ reason: text(1, 200) }),
    reply: LegalHold,
    errors: ['hold.not_found', 'hold.lifted'],
  }),
  caseFile: endpoint({
    method: 'POST',
    path: '/platform/recordings/:id/case',
    summary: 'Export for a case: every file with its hash, the products, and what was written',
    can: 'platform.manage',
    scope: 'platform',
    rate: 'write',
    idempotency: 'natural',
    audit: 'reveal',
    params: ById,
    body: object({ commentsFromMs: Type.Integer({ minimum: 0 }) }),
    reply: CaseFile,
    errors: ['recording.not_found'],
  }),
}
