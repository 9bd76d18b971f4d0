import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import {
  ByShop,
  ByShopAndId,
  Done,
  Id,
  Instant,
  Money,
  named,
  nullable,
  object,
  oneOf,
  text,
} from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'
import { chargeUnits } from './freight-fen.ts'

/** A prefix of a GB/T 2260 code: a province (2 digits), a city (4) or a district (6). */
const Region = Type.String({ pattern: '^[1-9]\\d(\\d{2}){0,2}$' })
const Units = Type.Integer({ minimum: 1, maximum: 10_000_000 })
const FeeFen = Type.Unsafe<Static<typeof Money>>(Type.Integer({ minimum: 0, maximum: 1_000_000 }))

/** Units are pieces, grams or cubic centimetres; a unit begun is a unit charged. */
export const FreightCharge = named('FreightCharge', {
  firstUnits: Units,
  firstFen: FeeFen,
  furtherUnits: Units,
  furtherFen: FeeFen,
  /** Free from this amount of goods on, after the shop's offers. */
  freeFromFen: nullable(Money),
  /** Free from so many pieces on. */
  freeFromCount: nullable(Type.Integer({ minimum: 1, maximum: 9_999 })),
})
export type FreightCharge = Static<typeof FreightCharge>

export const freightTemplatesMax = 50
const templateFields = {
  name: text(1, 30),
  chargeBy: oneOf(chargeUnits),
  /** The most specific region wins; a charge of null = nothing is sent there. */
  rules: Type.Array(
    object({
      regions: Type.Array(Region, { minItems: 1, maxItems: 400, uniqueItems: true }),
      charge: nullable(FreightCharge),
    }),
    { maxItems: 50 },
  ),
  /** Every other region. */
  elsewhere: nullable(FreightCharge),
}
export const FreightPlan = object(templateFields)
export type FreightPlan = Static<typeof FreightPlan>

/** What sending costs. An edit makes a new version: placed orders keep the fen they were placed with. */
export const FreightTemplate = named('FreightTemplate', {
  id: Id,
  ...templateFields,
  /** For goods that name no template. */
  isDefault: Type.Boolean(),
  version: Type.Integer({ minimum: 1 }),
  updatedAt: Instant,
})
export type FreightTemplate = Static<typeof FreightTemplate>

export const freightErrors = errors({
  'freight.not_found': [404, 'This freight template does not exist.', '运费模板不存在'],
  'freight.unreachable': [
    422,
    'Some goods cannot be sent to this address.',
    '部分商品不支持配送至该地址',
  ],
  'freight.regions_clash': [422, 'A region is named by two rules.', '同一地区不能出现在多条规则中'],
  'freight.default_stays': [
    409,
    'The default template stays. Choose another one as the default first.',
    '默认模板不能删除，请先将其他模板设为默认',
  ],
  'freight.too_many': [409, 'There can be no more templates.', '运费模板数量已达上限'],
})

const write = {
  can: 'catalog.manage',
  scope: 'shop',
  rate: 'write',
  idempotency: 'natural',
  audit: 'write',
} as const

export const freightApi = {
  list: endpoint({
    method: 'GET',
    path: '/shops/:shopId/freight-templates',
    summary: 'All freight templates of my shop, the default one first',
    can: 'catalog.read',
    scope: 'shop',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ByShop,
    reply: object({ items: Type.Array(FreightTemplate) }),
    errors: [],
  }),
  create: endpoint({
    method: 'POST',
    path: '/shops/:shopId/freight-templates',
    summary: 'Add a freight template under the id it carries; the first one is the default',
    ...write,
    params: ByShop,
    body: object({ id: Id, ...templateFields }),
    reply: FreightTemplate,
    errors: ['freight.not_found', 'freight.regions_clash', 'freight.too_many'],
  }),
  update: endpoint({
    method: 'PUT',
    path: '/shops/:shopId/freight-templates/:id',
    summary: 'A new version of a freight template, for new orders',
    ...write,
    params: ByShopAndId,
    body: FreightPlan,
    reply: FreightTemplate,
    errors: ['freight.not_found', 'freight.regions_clash'],
  }),
  setDefault: endpoint({
    method: 'PUT',
    path: '/shops/:shopId/freight-templates/:id/default',
    summary: 'Goods that name no template go by this one',
    ...write,
    params: ByShopAndId,
    reply: FreightTemplate,
    errors: ['freight.not_found'],
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/shops/:shopId/freight-templates/:id',
    summary: 'Remove a freight template; goods that name it go by the default one',
    ...write,
    params: ByShopAndId,
    reply: Done,
    errors: ['freight.not_found', 'freight.default_stays'],
  }),
}
