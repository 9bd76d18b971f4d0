import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import { ById, Done, Id, named, nullable, object, text } from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'

export const categoryDepthMax = 4
export const categoryCountMax = 2_000

const writeFields = {
  name: text(1, 20),
  nameEn: text(0, 40),
  /** Kinds of documents that a shop needs to sell here or below. */
  documentTypeIds: Type.Array(Id, { maxItems: 10, uniqueItems: true }),
  /** What a take-rate rule may call it; categories of one rate share it. Empty = that of the parent. */
  rateHandle: Type.String({ pattern: '^[a-z0-9-]{0,30}$' }),
}
const placeFields = {
  /** Null = at the top. */
  parentId: nullable(Id),
  /** Among its siblings, smallest first. */
  position: Type.Integer({ minimum: 0, maximum: 10_000 }),
}

export const Category = named('Category', {
  id: Id,
  ...placeFields,
  ...writeFields,
  /** From the root down to itself. */
  path: Type.Array(Id),
})
export type Category = Static<typeof Category>

export const categoryErrors = errors({
  'category.not_found': [404, 'This category does not exist.', '类目不存在'],
  'category.inside_itself': [422, 'A category cannot lie in itself.', '类目不能移动到自身之下'],
  'category.too_deep': [422, 'Categories lie four deep at most.', '类目最多四级'],
  'category.too_many': [409, 'There can be no more categories.', '类目数量已达上限'],
  'category.name_taken': [409, 'There is a category of this name here.', '同级下已有同名类目'],
  'category.not_empty': [
    409,
    'There are categories or products in it.',
    '该类目下还有子类目或商品，不能删除',
  ],
})

const writing = {
  can: 'platform.manage',
  scope: 'platform',
  rate: 'write',
  idempotency: 'natural',
  audit: 'write',
} as const

export const categoryApi = {
  tree: endpoint({
    method: 'GET',
    path: '/categories',
    summary: 'The whole tree, parents before their children, siblings in order',
    can: 'public',
    scope: 'public',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    reply: object({ items: Type.Array(Category) }),
    errors: [],
  }),
  create: endpoint({
    ...writing,
    method: 'POST',
    path: '/categories',
    summary: 'Add a category; the body carries its id',
    body: object({ id: Id, ...placeFields, ...writeFields }),
    reply: Category,
    errors: [
      'category.not_found',
      'category.too_deep',
      'category.too_many',
      'category.name_taken',
      'product.unknown_reference',
    ],
  }),
  update: endpoint({
    ...writing,
    method: 'PUT',
    path: '/categories/:id',
    summary: 'Replace names, documents and rate handle',
    params: ById,
    body: object(writeFields),
    reply: Category,
    errors: ['category.not_found', 'category.name_taken', 'product.unknown_reference'],
  }),
  move: endpoint({
    ...writing,
    method: 'PUT',
    path: '/categories/:id/place',
    summary: 'Move a category with all that lies in it',
    params: ById,
    body: object(placeFields),
    reply: Category,
    errors: [
      'category.not_found',
      'category.inside_itself',
      'category.too_deep',
      'category.name_taken',
    ],
  }),
  remove: endpoint({
    ...writing,
    method: 'DELETE',
    path: '/categories/:id',
    summary: 'Remove an empty category',
    params: ById,
    reply: Done,
    errors: ['category.not_found', 'category.not_empty'],
  }),
}
