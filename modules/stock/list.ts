import { requireShop } from '@kaibo/contract/core/access'
import type { FileReply } from '@kaibo/contract/core/endpoint'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { SheetQuery } from '@kaibo/contract/goods/sheet'
import { sheetRowsMax } from '@kaibo/contract/goods/sheet-limits'
import type { StockDay, StockFilter, StockMovement, StockRow } from '@kaibo/contract/goods/stock'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { integerKind, pairsKind, textKind } from '@kaibo/sheet/kinds'
import { defineSheet } from '@kaibo/sheet/sheet'
import * as lists from './list-store.ts'
import { type StockNeeds, shelfOf } from './stock.ts'
import * as store from './store.ts'

type Filter = { shopId: Id; filter?: StockFilter; q?: string; skuId?: Id }

/** SKUs that one search text can mean. */
const foundMax = 1_000

/** The stock of a shop, the fewest available first. */
export async function list(
  needs: StockNeeds,
  actor: Actor,
  { shopId, filter, q, skuId, ...page }: Filter & PageQuery,
): Promise<Page<StockRow>> {
  requireShop(actor, 'catalog.read', shopId)
  const query = await queryOf(needs, { shopId, filter, q, skuId })
  const rows = await lists.pageOfLevels(needs.database.db, query, page)
  return { ...rows, items: await named(needs, rows.items) }
}

async function queryOf(
  { database: { db }, names }: StockNeeds,
  {
    shopId,
    filter = 'all',
    q = '',
    skuId,
  }: { [K in keyof Filter]: Filter[K] | undefined } & { shopId: Id },
): Promise<lists.ListQuery> {
  if (skuId) return { shopId, filter, skuIds: [skuId] }
  const found = q === '' ? undefined : names?.skuIdsLike(db, { shopId, text: q, limit: foundMax })
  return { shopId, filter, skuIds: await found }
}

async function named(
  { database: { db }, names }: StockNeeds,
  rows: readonly lists.ListRow[],
): Promise<StockRow[]> {
  const skus = await names?.skusByIds(
    db,
    rows.map(row => row.skuId),
  )
  const bySku = new Map(skus?.map(sku => [sku.skuId, sku]))
  return rows.map(row => {
    const { title = '', spec = {}, pictureUrl = null } = bySku.get(row.skuId) ?? {}
    return { ...row, title, spec, pictureUrl }
  })
}

const count = integerKind({ min: -1_000_000_000, max: 1_000_000_000 })
const stockSheet = defineSheet<Omit<StockRow, 'productId' | 'pictureUrl'>>(
  { zh: '库存', en: 'Stock' },
  {
    skuId: { zh: 'SKU 编号', en: 'SKU id', kind: textKind(36), example: '' },
    title: { zh: '商品', en: 'Product', kind: textKind(60), example: '' },
    spec: {
      zh: '规格',
      en: 'Specs',
      kind: pairsKind({ name: 20, value: 30, pairs: 5 }),
      example: '颜色:红色',
    },
    onHand: { zh: '在库', en: 'On hand', kind: count, example: '' },
    reserved: { zh: '占用', en: 'Reserved', kind: count, example: '' },
    available: { zh: '可售', en: 'Available', kind: count, example: '' },
    lowBelow: { zh: '预警值', en: 'Alert below', kind: count, example: '' },
  },
)

/** The stock of a shop as a file. */
export async function sheet(
  needs: StockNeeds,
  actor: Actor,
  { shopId, filter, q, skuId, ...query }: Filter & SheetQuery,
): Promise<FileReply> {
  requireShop(actor, 'catalog.read', shopId)
  const wanted = await queryOf(needs, { shopId, filter, q, skuId })
  const rows = await lists.firstLevels(needs.database.db, wanted, sheetRowsMax)
  return stockSheet.write(await named(needs, rows), query)
}

/** The log of a SKU, newest first, with who did it. Throws `product.not_found`. */
export async function movements(
  { database: { db }, names }: StockNeeds,
  actor: Actor,
  { shopId, skuId, ...page }: { shopId: Id; skuId: Id } & PageQuery,
): Promise<Page<StockMovement>> {
  requireShop(actor, 'catalog.read', shopId)
  shelfOf(shopId, await store.levelsBySku(db, [skuId]))
  const rows = await lists.pageOfMovements(db, skuId, page)
  const actorIds = new Set(rows.items.flatMap(row => row.actorId ?? []))
  const people = await names?.peopleByIds(db, [...actorIds])
  const items = rows.items.map(({ at, ...row }) => ({
    ...row,
    actorName: people?.get(row.actorId ?? '')?.nickname ?? null,
    at: at.toISOString(),
  }))
  return { ...rows, items }
}

/** What came in, went out and was sold day by day. Throws `product.not_found`. */
export async function trend(
  { database: { db } }: StockNeeds,
  actor: Actor,
  { shopId, skuId, days }: { shopId: Id; skuId?: Id; days: number },
): Promise<{ days: StockDay[] }> {
  requireShop(actor, 'catalog.read', shopId)
  if (skuId) shelfOf(shopId, await store.levelsBySku(db, [skuId]))
  return { days: await lists.trendOf(db, { shopId, skuId, days }) }
}
