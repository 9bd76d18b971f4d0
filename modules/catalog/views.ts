import type {
  OwnProduct,
  ProductCard,
  ProductPage,
  Product as View,
} from '@kaibo/contract/goods/catalog'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Shown } from '@kaibo/modules/snapshot'
import { type Product, withHeld } from './body.ts'
import type { CatalogNeeds } from './needs.ts'
import { isKnownToBuyers } from './rules.ts'
import { type CardRow, productsByIds } from './store.ts'

/** What buyers see of a product. */
export async function viewOf(needs: CatalogNeeds, db: Db, product: Product): Promise<View> {
  const { files, stock } = needs
  const [names, levels] = await Promise.all([
    needs.classification.namesOf(db, product),
    stock.levelsBySku(
      db,
      product.skus.map(sku => sku.id),
    ),
  ])
  const { pictureFileIds, videoFileId, tagIds: _, categoryIds: __, held: ___, ...shown } = product
  return {
    ...shown,
    ...names,
    pictureUrls: pictureFileIds.map(files.urlOf),
    videoUrl: videoFileId && files.urlOf(videoFileId),
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
  return {
    ...product,
    ...body,
    categoryIds: await needs.classification.lineOf(db, body.categoryId),
  }
}

/** What those see of a product who sell it. */
export async function ownViewOf(
  needs: CatalogNeeds,
  db: Db,
  product: Product,
): Promise<OwnProduct> {
  const copy = await workingCopy(needs, db, product)
  const [view, verdicts, times, missingDocuments] = await Promise.all([
    viewOf(needs, db, copy),
    needs.review.verdictsOf(db, [product.id]),
    needs.schedule.timesOf(db, product.id),
    needs.classification.missingDocuments(db, copy),
  ])
  return { ...view, ...times, review: verdicts.get(product.id) ?? null, missingDocuments }
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

/** What a version shows of a product. */
export async function shownOf(
  { classification }: CatalogNeeds,
  db: Db,
  product: Product,
): Promise<Shown> {
  const { brand, categories } = await classification.namesOf(db, product)
  const categoryNames = categories.map(({ name }) => name)
  return { ...product, brandName: brand?.name ?? null, categoryNames }
}

/** What is handed in for review, beside what buyers see now; null for an unknown product. */
export async function pagesOf(
  needs: CatalogNeeds,
  db: Db,
  productId: Id,
): Promise<{ proposed: ProductPage; present: ProductPage | null } | null> {
  const [product] = await productsByIds(db, [productId])
  if (!product) return null
  const present = must(await needs.snapshot.pageOf(db, product.versionId), 'the present version')
  const copy = await workingCopy(needs, db, product)
  return {
    proposed: needs.snapshot.preview(await shownOf(needs, db, copy), present),
    present: isKnownToBuyers(product.state) ? present : null,
  }
}
