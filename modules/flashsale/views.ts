import type { FlashSale, FlashSaleCard, FlashSaleItem } from '@kaibo/contract/offer/flashsale'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Catalog, SkuFacts } from '@kaibo/modules/catalog'
import type { Stock } from '@kaibo/modules/stock'
import { type ItemRow, itemsOfSales, type SaleRow, totalsBySale } from './store.ts'

export type ViewNeeds = {
  catalog: Pick<Catalog, 'skusByIds'>
  stock: Pick<Stock, 'poolLevels'>
}

type ViewedItem = FlashSaleItem & { isOnShelf: boolean }

/** What sales sell, with what is left of each: three queries for all of them. */
async function itemsBySale(
  { catalog, stock }: ViewNeeds,
  db: Db,
  sales: readonly SaleRow[],
): Promise<(sale: SaleRow) => ViewedItem[]> {
  const ids = sales.map(sale => sale.id)
  const rows = ids.length > 0 ? await itemsOfSales(db, ids) : []
  const [skus, pools] = await Promise.all([
    catalog.skusByIds(db, [...new Set(rows.map(row => row.skuId))]),
    stock.poolLevels(db, ids),
  ])
  const factsBySku = new Map(skus.map(sku => [sku.skuId, sku]))
  const left = new Map(pools.map(level => [`${level.poolId} ${level.skuId}`, level.available]))
  const rowsOf = Map.groupBy(rows, row => row.saleId)
  return sale =>
    (rowsOf.get(sale.id) ?? []).flatMap(row => {
      const sku = factsBySku.get(row.skuId)
      const leftCount = left.get(`${sale.id} ${row.skuId}`) ?? 0
      const isOpen = sale.state === 'scheduled'
      return sku ? [itemOf(row, sku, isOpen ? row.quota : leftCount)] : []
    })
}

const itemOf = (row: ItemRow, sku: SkuFacts, leftCount: number): ViewedItem => ({
  id: row.id,
  skuId: row.skuId,
  productId: row.productId,
  title: sku.title,
  spec: sku.spec,
  pictureUrl: sku.pictureUrl,
  priceFen: row.priceFen,
  listPriceFen: sku.priceFen,
  quota: row.quota,
  leftCount,
  perPersonMax: row.perPersonMax,
  isOnShelf: sku.state === 'on_shelf',
})

const plainItem = ({ isOnShelf: _, ...item }: ViewedItem): FlashSaleItem => item

const headOf = (sale: SaleRow) => ({
  id: sale.id,
  title: sale.title,
  channel: sale.channel,
  liveId: sale.liveId,
  startsAt: sale.startsAt.toISOString(),
  endsAt: sale.endsAt.toISOString(),
})

/** Sales as everybody sees them: without what is off the shelf, and none without anything. */
export async function cardsOf(
  needs: ViewNeeds,
  db: Db,
  sales: readonly SaleRow[],
): Promise<FlashSaleCard[]> {
  const itemsOf = await itemsBySale(needs, db, sales)
  return sales
    .map(sale => ({
      ...headOf(sale),
      shopId: sale.shopId,
      items: itemsOf(sale)
        .filter(item => item.isOnShelf)
        .map(plainItem),
    }))
    .filter(card => card.items.length > 0)
}

/** Sales as their shop sees them. */
export async function salesOf(
  needs: ViewNeeds,
  db: Db,
  sales: readonly SaleRow[],
): Promise<FlashSale[]> {
  const ids: Id[] = sales.map(sale => sale.id)
  const [itemsOf, totals] = await Promise.all([
    itemsBySale(needs, db, sales),
    totalsBySale(db, ids),
  ])
  return sales.map(sale => ({
    ...headOf(sale),
    state: sale.state,
    isShort: sale.isShort,
    items: itemsOf(sale).map(plainItem),
    orderCount: totals.get(sale.id)?.orderCount ?? 0,
    soldCount: totals.get(sale.id)?.soldCount ?? 0,
    createdAt: sale.createdAt.toISOString(),
    endedAt: sale.endedAt?.toISOString() ?? null,
    now: sale.now.toISOString(),
  }))
}
