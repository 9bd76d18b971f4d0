import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import {
  ById,
  ByShop,
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
import { endpoint, event } from '../core/endpoint.ts'
import { Person } from '../people/account.ts'
import { LiveCard } from '../show/live.ts'
import { PictureFinding, staffDecision, staffLook } from './patrol.ts'
import { alertKinds, banSubjects, patrolReasons, verdictKinds } from './patrol-life.ts'

/** A ban 禁播 of a shop or a person from going live. */
export const Ban = named('Ban', {
  id: Id,
  subject: oneOf(banSubjects),
  subjectId: Id,
  /** The shop's name, or the person's. */
  subjectName: Type.String(),
  reason: oneOf(patrolReasons),
  at: Instant,
  /** Null = for good. */
  until: nullable(Instant),
  isActive: Type.Boolean(),
  liftedBy: nullable(Person),
})
export type Ban = Static<typeof Ban>

/** A decision against a room. */
export const Verdict = named('Verdict', {
  id: Id,
  kind: oneOf(verdictKinds),
  live: LiveCard,
  shopId: Id,
  shopName: Type.String(),
  reason: oneOf(patrolReasons),
  /** What the host is told besides. */
  note: Type.String(),
  /** Null = the reviewer of pictures decided, not a person. */
  by: nullable(Person),
  at: Instant,
  /** When somebody of the shop read a warning. */
  seenAt: nullable(Instant),
  bans: Type.Array(Ban),
  frameCount: Type.Integer(),
})
export type Verdict = Static<typeof Verdict>

/** A picture of the evidence; itself at `…/verdicts/:id/frames/:place`. The first one is the newest. */
export const EvidenceFrame = named('EvidenceFrame', {
  place: Type.Integer(),
  takenAt: Instant,
  sha256: Type.String(),
  bytes: Type.Integer(),
})
export type EvidenceFrame = Static<typeof EvidenceFrame>

/** What stood in and around the room when the verdict fell. */
export const EvidenceContext = named('EvidenceContext', {
  title: Type.String(),
  category: Type.String(),
  hostId: Id,
  onlineCount: Type.Integer(),
  startedAt: nullable(Instant),
  findings: Type.Array(PictureFinding),
  alerts: Type.Array(
    object({ kind: oneOf(alertKinds), label: Type.String(), excerpt: Type.String() }),
  ),
  products: Type.Array(object({ id: Id, title: Type.String(), priceFen: Type.Integer() })),
  comments: Type.Array(object({ authorId: Id, text: Type.String(), at: Instant })),
})
export type EvidenceContext = Static<typeof EvidenceContext>

export const Evidence = named('Evidence', {
  verdict: Verdict,
  /** Null when it is not kept any more. */
  context: nullable(EvidenceContext),
  frames: Type.Array(EvidenceFrame),
  keepUntil: Instant,
})
export type Evidence = Static<typeof Evidence>

/** What a shop is told: its ban, and the verdicts of the last 30 days. */
export const Notice = named('VerdictNotice', {
  id: Id,
  kind: oneOf(verdictKinds),
  liveId: Id,
  reason: oneOf(patrolReasons),
  note: Type.String(),
  at: Instant,
  seenAt: nullable(Instant),
})
export type Notice = Static<typeof Notice>
export const Standing = named('Standing', {
  /** What keeps this shop, or me, from going live. */
  ban: nullable(object({ reason: oneOf(patrolReasons), until: nullable(Instant) })),
  notices: Type.Array(Notice),
})
export type Standing = Static<typeof Standing>

export const verdictErrors = errors({
  'verdict.not_on_air': [409, 'This room is not on air any more.', '该直播间已不在直播中'],
  'verdict.not_found': [404, 'This record does not exist.', '记录不存在'],
})

/** Something was decided about a room: its desk asks for its standing anew. */
export const verdictGiven = event(
  'verdict.given',
  object({ verdictId: Id, shopId: Id, liveId: Id, byId: nullable(Id) }),
)

/** Longest ban that ends by itself. */
export const banDaysMax = 3_650

export const verdictApi = {
  judge: endpoint({
    ...staffDecision,
    method: 'POST',
    path: '/platform/rooms/:id/verdicts',
    summary: 'Warn the host, cut the room, or ban its shop or host; keeps pictures and context',
    params: ById,
    body: object({
      verdictId: Id,
      kind: oneOf(verdictKinds),
      reason: oneOf(patrolReasons),
      /** Told to the host. */
      note: text(0, 200),
      /** What the verdict is about, if it is still kept; else the newest. */
      pictureId: nullable(Id),
      /** Of a ban: who; empty otherwise. */
      subjects: Type.Array(oneOf(banSubjects), { maxItems: banSubjects.length, uniqueItems: true }),
      /** Of a ban: null = for good. */
      days: nullable(Type.Integer({ minimum: 1, maximum: banDaysMax })),
    }),
    reply: Verdict,
    errors: ['verdict.not_on_air', 'verdict.not_found'],
  }),
  list: endpoint({
    ...staffLook,
    path: '/platform/verdicts',
    summary: 'Verdicts, newest first; of one shop, or all',
    query: object({ shopId: Type.Optional(Id), ...pageQuery }),
    reply: pageOf(Verdict),
    errors: [],
  }),
  evidence: endpoint({
    ...staffLook,
    path: '/platform/verdicts/:id',
    summary: 'A verdict with its evidence: pictures and what stood around them',
    audit: 'reveal',
    params: ById,
    reply: Evidence,
    errors: ['verdict.not_found'],
  }),
  frame: endpoint({
    ...staffLook,
    path: '/platform/verdicts/:id/frames/:place',
    summary: 'A picture of the evidence, JPEG',
    params: object({ id: Id, place: Type.Integer({ minimum: 0, maximum: 99 }) }),
    reply: 'bytes',
    errors: ['verdict.not_found'],
  }),
  exportCase: endpoint({
    ...staffLook,
    path: '/platform/verdicts/:id/export',
    summary: 'The evidence in one JSON file: verdict, context and pictures with their hashes',
    audit: 'reveal',
    params: ById,
    reply: 'bytes',
    errors: ['verdict.not_found'],
  }),
  bans: endpoint({
    ...staffLook,
    path: '/platform/bans',
    summary: 'Bans, newest first: those that hold, or all',
    query: object({ isActive: Type.Boolean({ default: true }), ...pageQuery }),
    reply: pageOf(Ban),
    errors: [],
  }),
  lift: endpoint({
    ...staffDecision,
    method: 'DELETE',
    path: '/platform/bans/:id',
    summary: 'Take a ban back',
    params: ById,
    reply: Ban,
    errors: ['verdict.not_found'],
  }),
  standing: endpoint({
    method: 'GET',
    path: '/shops/:shopId/standing',
    summary: 'What the platform decided about my shop: warnings, cuts and what bans me',
    can: 'live.read',
    scope: 'shop',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ByShop,
    reply: Standing,
    errors: [],
  }),
  seen: endpoint({
    method: 'PUT',
    path: '/shops/:shopId/verdicts/:id/seen',
    summary: 'I have read what the platform said',
    can: 'live.read',
    scope: 'shop',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: ByShopAndId,
    reply: Done,
    errors: ['verdict.not_found'],
  }),
}
