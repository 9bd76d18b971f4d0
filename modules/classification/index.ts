import { fail } from '@kaibo/contract/core/fail'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Brands } from '@kaibo/modules/brand'
import type { Categories } from '@kaibo/modules/category'
import type { Qualifications } from '@kaibo/modules/qualification'
import type { Tags } from '@kaibo/modules/tag'

export type ClassificationNeeds = {
  brand: Pick<Brands, 'brandsByIds'>
  category: Pick<Categories, 'categoriesByIds' | 'holdTree'>
  tag: Pick<Tags, 'tagsByIds'>
  qualification: Pick<Qualifications, 'missingTypes'>
}

export type Named = { id: Id; name: string }
export type Classes = { brandId: Id | null; categoryId: Id | null; tagIds: readonly Id[] }
type OfShop<T> = { shopId: Id } & T

/** Where a product belongs 归类: its brand, category and tags, and what follows from them. */
export type Classification = {
  /** The tree of categories stays as it is until the transaction ends. */
  holdTree(tx: Tx): Promise<void>
  /** A category and its ancestors, root first; none for one that is gone. */
  lineOf(db: Db, categoryId: Id | null): Promise<Id[]>
  /** Names, in the order of the ids; what is gone has none. */
  namesOf(
    db: Db,
    q: OfShop<{ brandId: Id | null; categoryIds: readonly Id[]; tagIds: readonly Id[] }>,
  ): Promise<{ brand: Named | null; categories: Named[]; tags: Named[] }>
  /** Kinds of documents that one of these categories asks for and the shop lacks today. */
  missingDocuments(db: Db, q: OfShop<{ categoryIds: readonly Id[] }>): Promise<Named[]>
  /**
   * Throws `product.unknown_reference` when something does not exist. What was there when it was
   * chosen may be gone: only new choices are judged.
   */
  requireNew(db: Db, wish: OfShop<Classes>, present: Classes | null): Promise<void>
}

export const createClassification = ({
  brand,
  category,
  tag,
  qualification,
}: ClassificationNeeds): Classification => ({
  holdTree: category.holdTree,
  lineOf: async (db, categoryId) => {
    const [found] = await category.categoriesByIds(db, only(categoryId))
    return found?.path ?? []
  },
  namesOf: async (db, { shopId, brandId, categoryIds, tagIds }) => {
    const [brands, categories, tags] = await Promise.all([
      brand.brandsByIds(db, only(brandId)),
      category.categoriesByIds(db, categoryIds),
      tag.tagsByIds(db, { shopId, ids: tagIds }),
    ])
    return {
      brand: brands[0] ? named(brands[0]) : null,
      categories: inOrder(categoryIds, categories),
      tags: inOrder(tagIds, tags),
    }
  },
  missingDocuments: async (db, { shopId, categoryIds }) => {
    const line = await category.categoriesByIds(db, categoryIds)
    const typeIds = [...new Set(line.flatMap(node => node.documentTypeIds))]
    return (await qualification.missingTypes(db, { shopId, typeIds })).map(named)
  },
  requireNew: async (db, { shopId, brandId, categoryId, tagIds }, present) => {
    const brandIds = brandId === present?.brandId ? [] : only(brandId)
    const categoryIds = categoryId === present?.categoryId ? [] : only(categoryId)
    const newTagIds = tagIds.filter(id => !present?.tagIds.includes(id))
    const found = await Promise.all([
      brand.brandsByIds(db, brandIds),
      category.categoriesByIds(db, categoryIds),
      tag.tagsByIds(db, { shopId, ids: newTagIds }),
    ])
    const isKnown = found.flat().length === [brandIds, categoryIds, newTagIds].flat().length
    if (!isKnown) throw fail('product.unknown_reference')
  },
})

const only = (id: Id | null): Id[] => (id === null ? [] : [id])

const named = ({ id, name }: Named): Named => ({ id, name })

const inOrder = (ids: readonly Id[], rows: readonly Named[]): Named[] =>
  ids.flatMap(id => rows.filter(row => row.id === id).map(named))
