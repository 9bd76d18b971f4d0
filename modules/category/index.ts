import type { Handlers } from '@kaibo/contract/core/handlers'
import type { Category, categoryApi } from '@kaibo/contract/goods/category'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import * as category from './category.ts'
import { allNodes, holdTree, nodesByIds } from './store.ts'

export type { CategoryNeeds } from './category.ts'

/** The platform's tree of categories. */
export type Categories = {
  handlers: Handlers<typeof categoryApi>
  /** Those of `ids` that exist, with their paths. */
  categoriesByIds(db: Db, ids: readonly Id[]): Promise<Category[]>
  /** Keeps the tree as it is for whoever writes a path; before any other lock. */
  holdTree(tx: Tx): Promise<void>
}

export const createCategories = (needs: category.CategoryNeeds): Categories => ({
  handlers: {
    tree: async () => ({ items: await allNodes(needs.database.db) }),
    create: async (ctx, node) => category.createNode(needs, ctx.actor, node),
    update: async (ctx, texts) => category.updateNode(needs, ctx.actor, texts),
    move: async (ctx, place) => category.moveNode(needs, ctx.actor, place),
    remove: async (ctx, { id }) => {
      await category.removeNode(needs, ctx.actor, id)
      return { ok: true }
    },
  },
  holdTree,
  categoriesByIds: async (db, ids) => (ids.length === 0 ? [] : nodesByIds(db, ids)),
})
