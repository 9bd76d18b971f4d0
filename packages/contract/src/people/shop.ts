import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import { ById, ByShop, Id, named, nullable, object, text } from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'

export const Shop = named('Shop', {
  id: Id,
  name: Type.String(),
  intro: Type.String(),
  logoUrl: nullable(Type.String()),
})
export type Shop = Static<typeof Shop>

export const shopErrors = errors({
  'shop.already_open': [409, 'You already own a shop.', '你已经开过店了'],
  'shop.name_taken': [409, 'Another shop has this name.', '店铺名称已被使用'],
})

export const shopApi = {
  open: endpoint({
    method: 'POST',
    path: '/shops',
    summary: 'Open a shop of my own; one per person',
    can: 'shop.open',
    scope: 'self',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    body: object({ id: Id, name: text(2, 30) }),
    reply: Shop,
    errors: ['shop.already_open', 'shop.name_taken', 'wordlist.refused'],
  }),
  view: endpoint({
    method: 'GET',
    path: '/shops/:id',
    summary: 'A shop as buyers see it',
    can: 'public',
    scope: 'public',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ById,
    reply: Shop,
    errors: [],
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/shops/:shopId',
    summary: 'Change name, intro or logo',
    can: 'shop.manage',
    scope: 'shop',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: ByShop,
    body: object({
      name: Type.Optional(text(2, 30)),
      intro: Type.Optional(text(0, 200)),
      logoFileId: Type.Optional(Id),
    }),
    reply: Shop,
    errors: ['shop.name_taken', 'file.not_found', 'wordlist.refused'],
  }),
}
