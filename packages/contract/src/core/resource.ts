import { errors } from '@kaibo/kernel/fail'
import { type TSchema, Type } from 'typebox'
import { Done, Id, named, object, pageOf, pageQuery, text } from './common.ts'
import { endpoint, type Scope } from './endpoint.ts'
import type { Permission } from './permissions.ts'

/**
 * A plain table: rows with a name and a few fields, that people list, add, change and remove. No
 * hooks and no verbs of its own: what outgrows this becomes a module. The server's half is
 * `createResource` of `@kaibo/db/resource`.
 */
export type ResourceDef<F extends Record<string, TSchema>> = {
  /** Name of a row in the OpenAPI document. */
  readonly title: string
  /** What it is, in the summaries: `brand`. */
  readonly noun: string
  /** `/brands`; rows of a shop lie below `/shops/:shopId`. */
  readonly path: string
  /** Who may change it. */
  readonly can: Permission
  /** Who may read it. */
  readonly read: Permission | 'public'
  /** Besides `id` and `name`; JSON names become snake_case columns. */
  readonly fields: F
}

/** The five endpoints of a table of the platform. */
export const platformResource = <const F extends Record<string, TSchema>>(def: ResourceDef<F>) =>
  verbsOf(def, { scope: 'platform', base: {}, path: def.path })

/** The five endpoints of a table of which each shop has its own. */
export const shopResource = <const F extends Record<string, TSchema>>(def: ResourceDef<F>) =>
  verbsOf(def, { scope: 'shop', base: { shopId: Id }, path: `/shops/:shopId${def.path}` })

const readClasses = { method: 'GET', rate: 'read', idempotency: 'safe', audit: 'none' } as const
const writeClasses = { rate: 'write', idempotency: 'natural', audit: 'write' } as const

type Place<P> = { scope: 'shop' | 'platform'; base: P; path: string }

function verbsOf<F extends Record<string, TSchema>, P extends Record<string, TSchema>>(
  { title, noun, can, read, fields }: ResourceDef<F>,
  { scope, base, path }: Place<P>,
) {
  const row = { id: Id, name: text(1, 40), ...fields }
  const Row = named(title, row)
  const one = object({ ...base, id: Id })
  const readScope: Scope = read === 'public' ? 'public' : scope
  const reading = { can: read, scope: readScope, ...readClasses }
  const writing = { can, scope, ...writeClasses }
  return {
    list: endpoint({
      ...reading,
      path,
      summary: `All of ${noun}, newest first; q is looked for in the names`,
      params: object(base),
      query: object({ ...pageQuery, q: Type.Optional(text(0, 40)) }),
      reply: pageOf(Row),
      errors: [],
    }),
    view: endpoint({
      ...reading,
      path: `${path}/:id`,
      summary: `One ${noun}`,
      params: one,
      reply: Row,
      errors: [],
    }),
    create: endpoint({
      ...writing,
      method: 'POST',
      path,
      summary: `Add a ${noun}; the body carries its id`,
      params: object(base),
      body: object(row),
      reply: Row,
      errors: ['resource.name_taken', 'resource.too_many'],
    }),
    update: endpoint({
      ...writing,
      method: 'PUT',
      path: `${path}/:id`,
      summary: `Replace a ${noun}`,
      params: one,
      body: object({ name: text(1, 40), ...fields }),
      reply: Row,
      errors: ['resource.name_taken'],
    }),
    remove: endpoint({
      ...writing,
      method: 'DELETE',
      path: `${path}/:id`,
      summary: `Remove a ${noun}; what names it shows nothing in its place`,
      params: one,
      reply: Done,
      errors: [],
    }),
  }
}

export const resourceErrors = errors({
  'resource.name_taken': [409, 'This name is in use.', '名称已存在'],
  'resource.too_many': [409, 'There can be no more of these.', '数量已达上限'],
})
