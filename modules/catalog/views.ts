import type { OwnProduct, ProductCard, ProductPage, Product as View } from '@kaibo/contract/catalog'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { type Product, type SkuBody, withHeld } from './body.ts'
import type { CatalogNeeds } from './needs.ts'
import type { CardRow } from './store.ts'
import { type KeptPage, versionById } from './store-history.ts'

type Named = { id: Id; name: string }
const named = ({ id, name }: Named): Named => ({ id, name })

/** The category and its ancestors, root first; none for one that is gone. */
export async function lineOf(needs: CatalogNeeds, db: Db, categoryId: Id | null): Promise<Id[]> {
  if (categoryId === null) return []
  const [category] = await needs.category.categoriesByIds(db, [categoryId])
  return category?.path ?? []
}

/** Names of what a product refers to; what is gone has none. */
async function namesOf(needs: CatalogNeeds, db: Db, product: Product) {
  const { shopId, brandId, categoryIds, tagIds } = product
  const [brands, categories, tags] = await Promise.all([
    needs.brand.brandsByIds(db, brandId === null ? [] : [brandId]),
    needs.category.categoriesByIds(db, categoryIds),
    needs.tag.tagsByIds(db, { shopId, ids: tagIds }),
  ])
  const inOrder = (ids: readonly Id[], rows: readonly Named[]) =>
    ids.flatMap(id => rows.filter(row => row.id === id).map(named))
  return {
    brand: brands[0] ? named(brands[0]) : null,
    categories: inOrder(categoryIds, categories),
    tags: inOrder(tagIds, tags),
  }
}

/** What buyers see of a product. */
export async function viewOf(needs: CatalogNeeds, db: Db, product: Product): Promise<View> {
  const { files, stock } = needs
  const [names, levels] = await Promise.all([
    namesOf(needs, db, product),
    stock.levelsBySku(
      db,
      product.skus.map(sku => sku.id),
    ),
  ])
  return {
    ...names,
    id: product.id,
    shopId: product.shopId,
    title: product.title,
    subtitle: product.subtitle,
    description: product.description,
    detail: product.detail,
    pictureUrls: product.pictureFileIds.map(files.urlOf),
    videoUrl: product.videoFileId && files.urlOf(product.videoFileId),
    categoryId: product.categoryId,
    isVirtual: product.isVirtual,
    noReturn: product.noReturn,
    regionCodes: product.regionCodes,
    limitPerBuyer: product.limitPerBuyer,
    freightTemplateId: product.freightTemplateId,
    state: product.state,
    versionId: product.versionId,
    version: product.version,
    skus: product.skus.map(({ pictureFileId, initialStock: _, ...sku }) => ({
      ...sku,
      pictureUrl: pictureFileId && files.urlOf(pictureFileId),
      available: levels.get(sku.id)?.available ?? 0,
    })),
  }
}

/** The product with the change that waits for its approval: what its editors work on. */
export async function workingCopy(needs: CatalogNeeds, db: Db, product: Product): Promise<Product> {
  if (!product.held) return product
  const body = withHeld(product, product.held)
  return { ...product, ...body, categoryIds: await lineOf(needs, db, body.categoryId) }
}

/** What those see of a product who sell it. */
export async function ownViewOf(
  needs: CatalogNeeds,
  db: Db,
  product: Product,
): Promise<OwnProduct> {
  const copy = await workingCopy(needs, db, product)
  const [view, verdicts, missing] = await Promise.all([
    viewOf(needs, db, copy),
    needs.review.verdictsOf(db, [product.id]),
    missingDocuments(needs, db, copy),
  ])
  return {
    ...view,
    review: verdicts.get(product.id) ?? null,
    shelveAt: product.shelveAt?.toISOString() ?? null,
    unshelveAt: product.unshelveAt?.toISOString() ?? null,
    scheduleProblem: product.scheduleProblem,
    missingDocuments: missing,
  }
}

/** Kinds of documents that the category, or one above it, asks for and the shop lacks today. */
export async function missingDocuments(
  { category, qualification }: CatalogNeeds,
  db: Db,
  { shopId, categoryIds }: Pick<Product, 'shopId' | 'categoryIds'>,
): Promise<Named[]> {
  const line = await category.categoriesByIds(db, categoryIds)
  const typeIds = [...new Set(line.flatMap(node => node.documentTypeIds))]
  return (await qualification.missingTypes(db, { shopId, typeIds })).map(named)
}

export async function cardsOf(
  { files, stock }: CatalogNeeds,
  db: Db,
  rows: readonly CardRow[],
): Promise<ProductCard[]> {
  const ids = rows.flatMap(row => row.skuIds)
  const levels = await stock.levelsBySku(db, ids)
  return rows.map(({ pictureFileId, skuIds, ...card }) => ({
    ...card,
    pictureUrl: files.urlOf(pictureFileId),
    available: skuIds.reduce((sum, id) => sum + (levels.get(id)?.available ?? 0), 0),
    skuCount: skuIds.length,
  }))
}

/** What a version keeps of a product. */
export async function keptPageOf(needs: CatalogNeeds, db: Db, product: Product): Promise<KeptPage> {
  const { brand, categories } = await namesOf(needs, db, product)
  return {
    title: product.title,
    subtitle: product.subtitle,
    description: product.description,
    detail: product.detail,
    pictureFileIds: product.pictureFileIds,
    videoFileId: product.videoFileId,
    noReturn: product.noReturn,
    brandName: brand?.name ?? null,
    categoryNames: categories.map(({ name }) => name),
    skus: product.skus.map(keptSkuOf),
  }
}

const keptSkuOf = ({ id, spec, priceFen, strike, pictureFileId }: SkuBody) => ({
  id,
  spec,
  priceFen,
  strike,
  pictureFileId,
})

/** The page as it stood in a version; null for an unknown one. */
export async function pageOfVersion(
  needs: CatalogNeeds,
  db: Db,
  versionId: Id,
): Promise<ProductPage | null> {
  const version = await versionById(db, versionId)
  return version ? pageOf(needs, version.page, { versionId, at: version.at }) : null
}

/** What is handed in for review, beside what buyers see now; null for an unknown product. */
export async function pagesOf(
  needs: CatalogNeeds,
  db: Db,
  product: Product,
): Promise<{ proposed: ProductPage; present: ProductPage | null }> {
  const { versionId, state } = product
  const version = must(await versionById(db, versionId), 'the version of a product')
  const stamp = { versionId, at: version.at }
  const copy = await workingCopy(needs, db, product)
  const isKnown = state === 'on_shelf' || state === 'off_shelf'
  return {
    proposed: pageOf(needs, await keptPageOf(needs, db, copy), stamp),
    present: isKnown ? pageOf(needs, version.page, stamp) : null,
  }
}

function pageOf(
  { files }: CatalogNeeds,
  { pictureFileIds, videoFileId, skus, ...page }: KeptPage,
  stamp: { versionId: Id; at: Date },
): ProductPage {
  return {
    ...page,
    pictureUrls: pictureFileIds.map(files.urlOf),
    videoUrl: videoFileId && files.urlOf(videoFileId),
    skus: skus.map(({ pictureFileId, ...sku }) => ({
      ...sku,
      pictureUrl: pictureFileId && files.urlOf(pictureFileId),
    })),
    versionId: stamp.versionId,
    at: stamp.at.toISOString(),
  }
}
