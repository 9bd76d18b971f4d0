import { newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { fen, zeroFen } from '@kaibo/kernel/money'
import type { SoldSku } from '@kaibo/testkit/commerce'
import { createCommitLane } from '../../modules/placement/commit.ts'
import { type Draft, type Parcelled, parcel } from '../../modules/placement/store.ts'
import { personal, type Site } from './site.ts'

export type Page = { productId: string; versionId: string }

/** The page that a SKU is bought from. */
export async function pageOf({ database }: Site, sku: SoldSku): Promise<Page> {
  const rows = await database.query<Page>(
    '',
    `select product_id as "productId", version_id as "versionId"
     from catalog_sku sku join catalog_product product on product.id = sku.product_id
     where sku.id = $1`,
    [sku.id],
  )
  return must(rows[0], 'a page')
}

export const receiverSealed = personal.sealPersonal(
  '王小明 13800138000 浙江省杭州市西湖区文三路 1 号',
)
let sequence = 0

/** An order of one piece, decided and priced, as the read side of placement hands it on. */
export function decided(
  site: Site,
  { sku, page, buyerId }: { sku: SoldSku; page: Page; buyerId: string },
  max: number,
): Parcelled {
  const id = newId()
  const priceFen = fen(sku.priceFen)
  const draft: Draft = {
    id,
    number: `97${String(++sequence).padStart(12, '0')}`,
    requestHash: id,
    buyerId,
    shopId: site.team.shopId,
    checkoutId: id,
    lines: [
      {
        id: newId(),
        productId: page.productId,
        skuId: sku.id,
        title: '龙井春茶 罐装',
        spec: { 规格: '100 g' },
        pictureUrl: `/api/files/${page.productId}`,
        listPriceFen: priceFen,
        unitPriceFen: priceFen,
        quantity: 1,
        parts: [],
        payableFen: priceFen,
        isGift: false,
        bundleId: null,
        isVirtual: false,
        mayReturn: true,
        poolId: null,
        limits: [{ limitId: page.productId, max }],
        versionId: page.versionId,
        takeRateBps: 500,
      },
    ],
    itemsFen: priceFen,
    discountFen: zeroFen,
    shippingFen: zeroFen,
    payableFen: priceFen,
    receiverSealed,
    note: '',
    source: { kind: 'shop', id: null },
    payWindowSec: 900,
  }
  return parcel([draft], [])
}

export const openLane = ({ database }: Site) =>
  createCommitLane({
    database,
    price: { consume: async () => [] },
    queueMax: 5_000,
    full: () => new Error('the queue is full'),
  })
