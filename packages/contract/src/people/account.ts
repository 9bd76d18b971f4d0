import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import { ById, Done, Id, named, nullable, object, oneOf, text } from '../core/common.ts'
import { endpoint, event } from '../core/endpoint.ts'
import { roles } from '../core/permissions.ts'

/** A mainland mobile number, digits only. */
export const Phone = Type.String({ pattern: '^1[3-9]\\d{9}$' })
export const LoginCode = Type.String({ pattern: '^\\d{6}$' })

export const Person = named('Person', {
  id: Id,
  nickname: Type.String(),
  avatarUrl: nullable(Type.String()),
})
export type Person = Static<typeof Person>

export const Me = named('Me', {
  user: nullable(
    object({
      id: Id,
      nickname: Type.String(),
      avatarUrl: nullable(Type.String()),
      phoneMasked: Type.String(),
      roles: Type.Array(oneOf(roles)),
    }),
  ),
  shops: Type.Array(object({ id: Id, name: Type.String(), role: oneOf(roles) })),
})
export type Me = Static<typeof Me>

/** A county or district of GB/T 2260: its first two digits name the province, four the city. */
export const RegionCode = Type.String({ pattern: '^\\d{6}$' })

const addressFields = {
  name: text(1, 40),
  phone: Phone,
  regionCode: RegionCode,
  detail: text(1, 120),
  isDefault: Type.Boolean(),
}
export const Address = named('Address', {
  id: Id,
  ...addressFields,
  /** Null for an old address whose names fit no region, until it is edited. */
  regionCode: nullable(RegionCode),
  /** The names of the region. */
  province: Type.String(),
  city: Type.String(),
  district: Type.String(),
})
export type Address = Static<typeof Address>
export const NewAddress = object(addressFields)
export type NewAddress = Static<typeof NewAddress>

export const accountErrors = errors({
  'auth.code_wrong': [422, 'This code is not right.', '验证码不正确'],
  'auth.code_expired': [
    422,
    'This code has expired. Please ask for a new one.',
    '验证码已过期，请重新获取',
  ],
  'auth.code_locked': [
    429,
    'Too many wrong codes. Please try again later.',
    '错误次数过多，请稍后再试',
  ],
  'auth.code_too_soon': [
    429,
    'A code was just sent. Please wait a moment.',
    '验证码已发送，请稍后再获取',
  ],
  'auth.code_limit': [
    429,
    'Too many codes were asked for. Please try again later.',
    '获取验证码过于频繁，请稍后再试',
  ],
  'address.region_unknown': [422, 'There is no such region.', '所选地区不存在'],
  'address.limit': [409, 'The address book is full.', '收货地址已达上限'],
})

export const accountApi = {
  sendCode: endpoint({
    method: 'POST',
    path: '/auth/codes',
    summary: 'Send a six-digit sign-in code to a phone',
    can: 'public',
    scope: 'public',
    rate: 'login',
    idempotency: 'natural',
    audit: 'none',
    body: object({ phone: Phone }),
    reply: object({ expiresInSec: Type.Integer(), resendAfterSec: Type.Integer() }),
    errors: ['auth.code_too_soon', 'auth.code_limit', 'auth.code_locked'],
  }),
  signIn: endpoint({
    method: 'POST',
    path: '/auth/sessions',
    summary: 'Sign in with the code; sets the session cookie, or returns a bearer token for apps',
    can: 'public',
    scope: 'public',
    rate: 'login',
    idempotency: 'natural',
    audit: 'write',
    body: object({ phone: Phone, code: LoginCode, transport: oneOf(['cookie', 'bearer']) }),
    reply: object({ me: Me, token: nullable(Type.String()) }),
    errors: ['auth.code_wrong', 'auth.code_expired', 'auth.code_locked'],
  }),
  signOut: endpoint({
    method: 'DELETE',
    path: '/auth/sessions/current',
    summary: 'Sign out; the token is dead within five seconds everywhere, open sockets included',
    can: 'account.self',
    scope: 'self',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    reply: Done,
    errors: [],
  }),
  me: endpoint({
    method: 'GET',
    path: '/me',
    summary: 'Who am I; `user` is null for a visitor',
    can: 'public',
    scope: 'self',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    reply: Me,
    errors: [],
  }),
  updateMe: endpoint({
    method: 'PATCH',
    path: '/me',
    summary: 'Change nickname or avatar',
    can: 'account.self',
    scope: 'self',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    body: object({ nickname: Type.Optional(text(1, 24)), avatarFileId: Type.Optional(Id) }),
    reply: Me,
    errors: ['file.not_found', 'wordlist.refused'],
  }),
  addresses: endpoint({
    method: 'GET',
    path: '/addresses',
    summary: 'My address book, default first',
    can: 'account.self',
    scope: 'self',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    reply: object({ items: Type.Array(Address) }),
    errors: [],
  }),
  addAddress: endpoint({
    method: 'POST',
    path: '/addresses',
    summary: 'Add an address; the body carries its id, so a repeat adds nothing',
    can: 'account.self',
    scope: 'self',
    rate: 'write',
    idempotency: 'natural',
    audit: 'none',
    body: object({ id: Id, ...addressFields }),
    reply: Address,
    errors: ['address.limit', 'address.region_unknown'],
  }),
  updateAddress: endpoint({
    method: 'PUT',
    path: '/addresses/:id',
    summary: 'Replace an address; placed orders keep their snapshot',
    can: 'account.self',
    scope: 'self',
    rate: 'write',
    idempotency: 'natural',
    audit: 'none',
    params: ById,
    body: NewAddress,
    reply: Address,
    errors: ['address.region_unknown'],
  }),
  removeAddress: endpoint({
    method: 'DELETE',
    path: '/addresses/:id',
    summary: 'Remove an address',
    can: 'account.self',
    scope: 'self',
    rate: 'write',
    idempotency: 'natural',
    audit: 'none',
    params: ById,
    reply: Done,
    errors: [],
  }),
}

export const signedOut = event('account.signed_out', object({ sessionId: Id, userId: Id }))
