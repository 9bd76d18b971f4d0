import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import {
  ById,
  Done,
  Id,
  Instant,
  named,
  nullable,
  object,
  oneOf,
  pageOf,
  pageQuery,
} from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'
import { Person } from '../people/account.ts'
import { LiveCard } from '../show/live.ts'
import { alertKinds, patrolPaces } from './patrol-life.ts'

/** A picture of a room, as it was taken; itself at `GET /platform/patrol/pictures/:id`. */
export const PatrolPicture = named('PatrolPicture', { id: Id, takenAt: Instant })
export type PatrolPicture = Static<typeof PatrolPicture>

/** What a reviewer found in a picture: its own word for it, and how sure it is (0–1). */
export const PictureFinding = named('PictureFinding', {
  label: Type.String(),
  score: Type.Number(),
  verdict: oneOf(['review', 'block']),
  /** Since when it has been found without a break. */
  since: Instant,
})
export type PictureFinding = Static<typeof PictureFinding>

/** A room as a reviewer sees it: what is newest, and how much it asks for a look. */
export const PatrolRoom = named('PatrolRoom', {
  live: LiveCard,
  shopId: Id,
  /** 0–100; from `riskBands` on it asks for a look. */
  risk: Type.Integer(),
  picture: nullable(PatrolPicture),
  findings: Type.Array(PictureFinding),
  openAlertCount: Type.Integer(),
  pace: oneOf(patrolPaces),
  /** A person wants it watched closely. */
  isPinned: Type.Boolean(),
  /** Verdicts against this shop in the last 90 days. */
  verdictCount: Type.Integer(),
})
export type PatrolRoom = Static<typeof PatrolRoom>

/** Something that somebody should look at; what happens again while it is open is counted. */
export const PatrolAlert = named('PatrolAlert', {
  id: Id,
  kind: oneOf(alertKinds),
  live: LiveCard,
  shopId: Id,
  /** A label of the reviewer, a word of a list, or a fault of the stream. */
  label: Type.String(),
  /** The last text in which the word was found. */
  excerpt: Type.String(),
  isBlocking: Type.Boolean(),
  count: Type.Integer(),
  firstAt: Instant,
  lastAt: Instant,
  handledBy: nullable(Person),
  handledAt: nullable(Instant),
})
export type PatrolAlert = Static<typeof PatrolAlert>

export const patrolErrors = errors({
  'patrol.not_on_air': [409, 'This room is not on air any more.', '该直播间已不在直播中'],
  'patrol.no_picture': [404, 'This picture is no longer kept.', '该截图已不再保留'],
  'patrol.not_found': [404, 'This alert does not exist.', '提醒不存在'],
})

/** What every look of the platform's staff has in common. */
export const staffLook = {
  method: 'GET',
  can: 'platform.read',
  scope: 'platform',
  rate: 'read',
  idempotency: 'safe',
  audit: 'none',
} as const
/** What every decision of theirs has in common: written to the audit log. */
export const staffDecision = {
  can: 'platform.manage',
  scope: 'platform',
  rate: 'write',
  idempotency: 'natural',
  audit: 'write',
} as const

export const patrolApi = {
  wall: endpoint({
    ...staffLook,
    path: '/platform/patrol/rooms',
    summary: 'All rooms on air with their newest pictures, those that ask for a look first',
    reply: object({
      items: Type.Array(PatrolRoom),
      /** Who judges pictures before people do; null = nobody. */
      reviewer: nullable(Type.String()),
      openAlertCount: Type.Integer(),
      now: Instant,
    }),
    errors: [],
  }),
  room: endpoint({
    ...staffLook,
    path: '/platform/patrol/rooms/:id',
    summary: 'One room on air: its newest pictures and its open alerts',
    params: ById,
    reply: object({
      room: PatrolRoom,
      pictures: Type.Array(PatrolPicture),
      alerts: Type.Array(PatrolAlert),
    }),
    errors: ['patrol.not_on_air'],
  }),
  picture: endpoint({
    ...staffLook,
    path: '/platform/patrol/pictures/:id',
    summary: 'A picture of a room, JPEG; only the newest ones of each room are kept',
    params: ById,
    reply: 'bytes',
    errors: ['patrol.no_picture'],
  }),
  pin: endpoint({
    ...staffDecision,
    method: 'PUT',
    path: '/platform/patrol/rooms/:id/pin',
    summary: 'Watch a room closely until its end, or not any more',
    params: ById,
    body: object({ isPinned: Type.Boolean() }),
    reply: Done,
    errors: ['patrol.not_on_air'],
  }),
  alerts: endpoint({
    ...staffLook,
    path: '/platform/patrol/alerts',
    summary: 'Alerts: open ones, or those that were handled, newest first',
    query: object({ isOpen: Type.Boolean({ default: true }), ...pageQuery }),
    reply: pageOf(PatrolAlert),
    errors: [],
  }),
  handle: endpoint({
    ...staffDecision,
    method: 'PUT',
    path: '/platform/patrol/alerts/:id/handled',
    summary: 'Mark an alert as looked at; what comes after it is a new one',
    params: ById,
    reply: PatrolAlert,
    errors: ['patrol.not_found'],
  }),
}
