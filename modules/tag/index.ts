import type { Handlers } from '@kaibo/contract/core/handlers'
import { resourceHandlers } from '@kaibo/contract/core/resource-handlers'
import { type Tag, tagApi } from '@kaibo/contract/goods/tag'
import type { Database, Db } from '@kaibo/db/database'
import { createResourceStore } from '@kaibo/db/resource'
import type { Id } from '@kaibo/kernel/ids'

export type TagNeeds = { database: Database }

/** The marks that shops put on their products. */
export type Tags = {
  handlers: Handlers<typeof tagApi>
  /** Those of `ids` that the shop has. */
  tagsByIds(db: Db, q: { shopId: Id; ids: readonly Id[] }): Promise<Tag[]>
}

export function createTags({ database }: TagNeeds): Tags {
  const store = createResourceStore<Tag>(database, {
    table: 'tag_row',
    scope: 'shop',
    fields: ['tone'],
    rowsMax: 200,
  })
  return { handlers: resourceHandlers(tagApi, store), tagsByIds: store.rowsByIds }
}
