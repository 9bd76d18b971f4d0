import type { Handlers } from '@kaibo/contract/core/handlers'
import { resourceHandlers } from '@kaibo/contract/core/resource-handlers'
import { type Brand, brandApi } from '@kaibo/contract/goods/brand'
import type { Database, Db } from '@kaibo/db/database'
import { createResourceStore } from '@kaibo/db/resource'
import type { Id } from '@kaibo/kernel/ids'

export type BrandNeeds = { database: Database }

/** The platform's brands. */
export type Brands = {
  handlers: Handlers<typeof brandApi>
  /** Those of `ids` that exist. */
  brandsByIds(db: Db, ids: readonly Id[]): Promise<Brand[]>
}

export function createBrands({ database }: BrandNeeds): Brands {
  const store = createResourceStore<Brand>(database, {
    table: 'brand_row',
    scope: 'platform',
    fields: ['nameEn', 'logoFileId'],
    rowsMax: 20_000,
  })
  return {
    handlers: resourceHandlers(brandApi, store),
    brandsByIds: (db, ids) => store.rowsByIds(db, { ids }),
  }
}
