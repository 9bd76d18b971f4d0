import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import {
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
import { shopRoles } from '../core/permissions.ts'
import { Person, Phone } from '../people/account.ts'

/** Roles that hosts give to people of their rooms. */
export const appointedRoles = ['assistant', 'moderator'] as const
export type AppointedRole = (typeof appointedRoles)[number]
/** People with an appointed role in one shop. */
export const appointedMax = 50
/** People whom one shop may look for by phone number within a day. */
export const findsPerDayMax = 30

export const TeamMember = named('TeamMember', {
  person: Person,
  role: oneOf(shopRoles),
  since: Instant,
})
export type TeamMember = Static<typeof TeamMember>

/**
 * mute = may not write in the shop's rooms · kick = out of this room for a minute · ban = may not
 * enter the shop's rooms.
 */
export const sanctionKinds = ['mute', 'kick', 'ban'] as const
export type SanctionKind = (typeof sanctionKinds)[number]
export const kickSec = 60

export const Sanction = named('Sanction', {
  id: Id,
  kind: oneOf(sanctionKinds),
  person: Person,
  /** Where it was said. */
  liveId: Id,
  by: Person,
  reason: Type.String(),
  at: Instant,
  /** Null = for good. */
  until: nullable(Instant),
  /** Whether it holds now. */
  isActive: Type.Boolean(),
  /** Who took it back, when somebody did. */
  liftedBy: nullable(Person),
})
export type Sanction = Static<typeof Sanction>

const ByMember = object({ shopId: Id, userId: Id })

export const moderationErrors = errors({
  'chat.muted': [403, 'You cannot write in this shop’s rooms for now.', '你已被禁言，暂时不能发言'],
  'room.kicked': [403, 'You were taken out of this room.', '你已被请出直播间，请稍后再来'],
  'room.banned': [403, 'You cannot enter this shop’s rooms.', '你已被禁止进入该店铺的直播间'],
  'moderation.protected': [
    403,
    'This cannot be done to the host, staff above you, or the platform.',
    '不能对主播、上级或平台人员执行此操作',
  ],
  'moderation.no_person': [404, 'There is no such person.', '没有找到这个人'],
  'team.has_role': [409, 'This person already works for the shop.', '对方已是店铺成员'],
  'team.find_limit': [
    429,
    'Your shop looked for many people today. Please try again tomorrow.',
    '今天查找次数已用完，请明天再试',
  ],
  'team.full': [409, 'The shop has no more places for helpers.', '助理和房管名额已满'],
})

export const moderationApi = {
  team: endpoint({
    method: 'GET',
    path: '/shops/:shopId/team',
    summary: 'Everybody who works for my shop',
    can: 'room.moderate',
    scope: 'shop',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ByShop,
    reply: object({ items: Type.Array(TeamMember) }),
    errors: [],
  }),
  find: endpoint({
    method: 'POST',
    path: '/shops/:shopId/team/find',
    summary: 'The person with exactly this phone number, to appoint them; few a day',
    can: 'live.host',
    scope: 'shop',
    rate: 'login',
    idempotency: 'natural',
    audit: 'reveal',
    params: ByShop,
    body: object({ phone: Phone }),
    reply: object({ person: nullable(Person) }),
    errors: ['team.find_limit'],
  }),
  appoint: endpoint({
    method: 'PUT',
    path: '/shops/:shopId/team/:userId',
    summary: 'Make somebody assistant or moderator of my shop’s rooms',
    can: 'live.host',
    scope: 'shop',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: ByMember,
    body: object({ role: oneOf(appointedRoles) }),
    reply: TeamMember,
    errors: ['moderation.no_person', 'team.has_role', 'team.full'],
  }),
  dismiss: endpoint({
    method: 'DELETE',
    path: '/shops/:shopId/team/:userId',
    summary: 'Take the role of assistant or moderator back',
    can: 'live.host',
    scope: 'shop',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: ByMember,
    reply: Done,
    errors: ['team.has_role'],
  }),
  sanction: endpoint({
    method: 'POST',
    path: '/shops/:shopId/live/:id/sanctions',
    summary: 'Mute, kick or ban somebody; takes the place of one of the same kind that holds',
    can: 'room.moderate',
    scope: 'shop',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: ByShopAndId,
    body: object({
      sanctionId: Id,
      userId: Id,
      kind: oneOf(sanctionKinds),
      /** Null = for good; a kick is always for a minute. */
      durationSec: nullable(Type.Integer({ minimum: 60, maximum: 365 * 86_400 })),
      reason: text(0, 100),
      /** Also remove what the person wrote in this room. */
      removesComments: Type.Boolean(),
    }),
    reply: Sanction,
    errors: ['live.not_found', 'moderation.no_person', 'moderation.protected'],
  }),
  sanctions: endpoint({
    method: 'GET',
    path: '/shops/:shopId/sanctions',
    summary: 'Sanctions in my shop’s rooms, newest first: those that hold, or all',
    can: 'room.moderate',
    scope: 'shop',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ByShop,
    query: object({ isActive: Type.Boolean({ default: true }), ...pageQuery }),
    reply: pageOf(Sanction),
    errors: [],
  }),
  lift: endpoint({
    method: 'DELETE',
    path: '/shops/:shopId/sanctions/:id',
    summary: 'Take a sanction back',
    can: 'room.moderate',
    scope: 'shop',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: ByShopAndId,
    reply: Sanction,
    errors: ['request.not_found', 'moderation.protected'],
  }),
}

const SanctionMoved = object({
  sanctionId: Id,
  shopId: Id,
  liveId: Id,
  userId: Id,
  kind: oneOf(sanctionKinds),
  until: nullable(Instant),
  isActive: Type.Boolean(),
  removesComments: Type.Boolean(),
})
export type SanctionMoved = Static<typeof SanctionMoved>
/** A sanction began to hold, or was taken back before its end. */
export const sanctionMoved = event('moderation.sanction_moved', SanctionMoved)

/** Somebody got, changed or lost a role in a shop. */
export const teamChanged = event(
  'moderation.team_changed',
  object({ shopId: Id, userId: Id, role: nullable(oneOf(shopRoles)) }),
)
