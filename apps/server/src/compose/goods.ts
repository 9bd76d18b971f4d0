import { createBrands } from '@kaibo/modules/brand'
import { createBulkEdits } from '@kaibo/modules/bulkedit'
import { type Catalog, type CatalogNeeds, createCatalog } from '@kaibo/modules/catalog'
import { createCategories } from '@kaibo/modules/category'
import { createClassification } from '@kaibo/modules/classification'
import { createPriceHistory } from '@kaibo/modules/pricehistory'
import { createProductSheet } from '@kaibo/modules/productsheet'
import { createQualifications } from '@kaibo/modules/qualification'
import { createReviews } from '@kaibo/modules/review'
import { createRichText } from '@kaibo/modules/richtext'
import { createSchedules } from '@kaibo/modules/schedule'
import { createSnapshots } from '@kaibo/modules/snapshot'
import { createStock, type StockNeeds } from '@kaibo/modules/stock'
import { createStockTake } from '@kaibo/modules/stocktake'
import { createTags } from '@kaibo/modules/tag'
import type { Base } from './base.ts'
import { fitTexts } from './fit-texts.ts'
import type { People } from './people.ts'

export type GoodsNeeds = People & {
  ordersOf: NonNullable<StockNeeds['ordersOf']>
  hasFreightTemplate: CatalogNeeds['hasFreightTemplate']
}

export type Goods = ReturnType<typeof composeGoods>

/** What shops have and show: stock, the catalogue, and what the platform says of both. */
export function composeGoods({ database, config }: Base, needs: GoodsNeeds) {
  const { files, shop, account, wordlist, ordersOf, hasFreightTemplate } = needs
  const isReviewRequired = config.KAIBO_REVIEW_PRODUCTS
  const stock = createStock({
    database,
    ordersOf,
    names: {
      skusByIds: (db, ids) => catalog.skusByIds(db, ids),
      skuIdsLike: (db, q) => catalog.skuIdsLike(db, q),
      peopleByIds: account.peopleByIds,
    },
  })
  const brand = createBrands({ database })
  const tag = createTags({ database })
  const category = createCategories({
    database,
    isUsed: (db, id) => catalog.isCategoryUsed(db, id),
    moved: (tx, node) => catalog.moveCategory(tx, node),
    documentTypesByIds: (db, ids) => qualification.documentTypesByIds(db, ids),
  })
  const qualification = createQualifications({
    database,
    files,
    shop,
    isReviewRequired,
    lapsed: (tx, shopIds) => catalog.takeOffUnqualified(tx, shopIds),
  })
  const review = createReviews({
    database,
    shop,
    pagesOf: (db, productId) => catalog.pagesOf(db, productId),
    settle: (tx, verdict) => catalog.settle(tx, verdict),
  })
  const says = { brand, category, tag, qualification, review }
  const snapshot = createSnapshots({ files })
  const schedule = createSchedules({
    database,
    move: (tx, due) => catalog.moveByClock(tx, due),
  })
  const catalog: Catalog = createCatalog({
    ...{ database, files, stock, review, snapshot, schedule, isReviewRequired, hasFreightTemplate },
    classification: createClassification(says),
    pricehistory: createPriceHistory(),
    richtext: createRichText(),
  })
  const bulkedit = createBulkEdits({ database, catalog })
  const productsheet = createProductSheet({
    database,
    files,
    catalog: fitTexts(wordlist).drafts(catalog),
  })
  const stocktake = createStockTake({ database, catalog, stock })
  return { stock, ...says, snapshot, schedule, catalog, bulkedit, productsheet, stocktake }
}
