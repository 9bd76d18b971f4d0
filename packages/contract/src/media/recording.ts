import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import { Id, Instant, named, nullable, object, oneOf } from '../core/common.ts'
import { event } from '../core/endpoint.ts'
import { ProductCard } from '../goods/catalog.ts'
import { Comment } from '../show/chat.ts'
import { LiveCard } from '../show/live.ts'
import {
  diskStates,
  recordingStates,
  recordingStores,
  replayStates,
  retentionClasses,
} from './recording-life.ts'

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

/** A replay in a list: the session, and how long it is. */
export const ReplayCard = named('ReplayCard', { live: LiveCard, durationMs: Type.Integer() })
export type ReplayCard = Static<typeof ReplayCard>

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

/** What the platform decided on recordings. */
export const RecordingTerms = named('RecordingTerms', {
  /** Whether a shop may switch off the recording of a session. */
  isOptional: Type.Boolean(),
  /** After the end of a session, and after the last order from it moved. */
  keepShowDays: Type.Integer(),
  keepTradeDays: Type.Integer(),
})

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

/** A comment as a case needs it: removed ones too, and as it was written. */
export const CaseComment = named('CaseComment', {
  atMs: Type.Integer(),
  comment: Comment,
  originalText: Type.String(),
})
export type CaseComment = Static<typeof CaseComment>

/** Everything that is kept of a session, for a case. */
export const CaseFile = named('CaseFile', {
  recording: Recording,
  madeAt: Instant,
  pieces: Type.Array(CasePiece),
  /** The addresses of the pieces work until then. */
  addressesUntil: Instant,
  products: Type.Array(ReplayProduct),
  comments: Type.Array(CaseComment),
  /** Whether there were more comments than one file takes; ask for the later ones by `fromMs`. */
  nextCommentsFromMs: nullable(Type.Integer()),
  holds: Type.Array(LegalHold),
})
export type CaseFile = Static<typeof CaseFile>

/** Where recordings lie, and whether there is room for more. */
export const RecordingStorage = named('RecordingStorage', {
  store: oneOf(recordingStores),
  disk: oneOf(diskStates),
  freeBytes: Type.Integer(),
  totalBytes: Type.Integer(),
  /** Of all recordings that are kept. */
  keptBytes: Type.Integer(),
  /** Pieces that wait to be moved to the object store. */
  waitingCount: Type.Integer(),
})
export type RecordingStorage = Static<typeof RecordingStorage>

export const recordingErrors = errors({
  'recording.not_found': [404, 'Nothing was recorded of this session.', '本场直播没有录像'],
  'recording.not_ready': [409, 'The replay is not ready yet.', '回放还未生成'],
  'recording.stopped': [
    409,
    'The platform stopped this session: nothing can be made of it.',
    '本场直播已被平台中断，无法制作切片',
  ],
  'recording.required': [
    403,
    'Every session is recorded on this platform.',
    '本平台的直播须全程录制留存',
  ],
  'hold.not_found': [404, 'This hold does not exist.', '保全记录不存在'],
  'hold.lifted': [409, 'This hold was lifted before.', '该保全已解除'],
})

/** The replay of a session can be watched. */
export const recordingReady = event('recording.ready', object({ liveId: Id, shopId: Id }))
