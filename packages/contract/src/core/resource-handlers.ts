import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { requirePermission, requireShop } from './access.ts'
import type { EndpointDef } from './endpoint.ts'
import type { Ctx } from './handlers.ts'

type Where = { shopId?: Id }
type AnyRow = { id: Id; name: string }

/** What `createResourceStore` of `@kaibo/db/resource` gives. */
type Store<Row extends AnyRow> = {
  page(where: Where & { q?: string | undefined } & PageQuery): Promise<Page<Row>>
  one(where: Where & { id: Id }): Promise<Row>
  add(row: Where & Row): Promise<Row>
  put(row: Where & Row): Promise<Row>
  drop(where: Where & { id: Id }): Promise<void>
}

type Verb = 'list' | 'view' | 'create' | 'update' | 'remove'

/** The five handlers of a plain table: permission, then the store. */
export function resourceHandlers<Row extends AnyRow>(
  api: Readonly<Record<Verb, EndpointDef>>,
  store: Store<Row>,
) {
  const admit = (ctx: Ctx, verb: Verb, { shopId }: Where) => {
    const { can } = api[verb]
    if (can === 'public') return
    if (shopId === undefined) requirePermission(ctx.actor, can)
    else requireShop(ctx.actor, can, shopId)
  }
  return {
    list: async (ctx: Ctx, query: Where & { q?: string } & PageQuery) => {
      admit(ctx, 'list', query)
      return store.page(query)
    },
    view: async (ctx: Ctx, where: Where & { id: Id }) => {
      admit(ctx, 'view', where)
      return store.one(where)
    },
    create: async (ctx: Ctx, row: Where & Row) => {
      admit(ctx, 'create', row)
      return store.add(row)
    },
    update: async (ctx: Ctx, row: Where & Row) => {
      admit(ctx, 'update', row)
      return store.put(row)
    },
    remove: async (ctx: Ctx, where: Where & { id: Id }) => {
      admit(ctx, 'remove', where)
      await store.drop(where)
      return { ok: true } as const
    },
  }
}
