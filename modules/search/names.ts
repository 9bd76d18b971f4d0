import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Brands } from '@kaibo/modules/brand'
import type { Catalog } from '@kaibo/modules/catalog'
import type { Categories } from '@kaibo/modules/category'
import type { Tags } from '@kaibo/modules/tag'
import type { ListingSource } from './listing.ts'

export type NamedSources = {
  catalog: Pick<Catalog, 'listedByIds' | 'listedIdsAfter'>
  brand: Pick<Brands, 'brandsByIds'>
  category: Pick<Categories, 'categoriesByIds'>
  tag: Pick<Tags, 'tagsByIds'>
}

/** Puts names to what the catalogue knows by ids. */
export const createListings = ({ catalog, brand, category, tag }: NamedSources): ListingSource => ({
  listedIdsAfter: catalog.listedIdsAfter,
  async listingsByIds(db, ids) {
    const listed = await catalog.listedByIds(db, ids)
    const distinct = (values: readonly (Id | null)[]) =>
      [...new Set(values)].filter(value => value !== null)
    const brands = await brand.brandsByIds(db, distinct(listed.map(each => each.brandId)))
    const categories = await category.categoriesByIds(
      db,
      distinct(listed.flatMap(each => each.categoryIds)),
    )
    const tags = await tagNames(db, tag, listed)
    const brandById = new Map(brands.map(row => [row.id, [row.name, row.nameEn].filter(isNamed)]))
    const categoryById = new Map(
      categories.map(row => [row.id, [row.name, row.nameEn].filter(isNamed)]),
    )
    return listed.map(({ tagIds, ...each }) => ({
      ...each,
      brandNames: (each.brandId && brandById.get(each.brandId)) || [],
      categoryNames: each.categoryIds.flatMap(id => categoryById.get(id) ?? []),
      tagNames: tagIds.flatMap(id => tags.get(id) ?? []),
    }))
  },
})

const isNamed = (name: string) => name !== ''

async function tagNames(
  db: Db,
  tag: NamedSources['tag'],
  listed: readonly { shopId: Id; tagIds: Id[] }[],
): Promise<Map<Id, string>> {
  const names = new Map<Id, string>()
  for (const [shopId, products] of Map.groupBy(listed, each => each.shopId)) {
    const ids = [...new Set(products.flatMap(each => each.tagIds))]
    if (ids.length === 0) continue
    for (const row of await tag.tagsByIds(db, { shopId, ids })) names.set(row.id, row.name)
  }
  return names
}
