import { fail } from '@kaibo/contract/core/fail'
import type { ProductPage } from '@kaibo/contract/goods/catalog'
import type { Order, OrderEntry, Receiver } from '@kaibo/contract/trade/order'
import { maskAddress, maskName, maskPhone, type PersonalData } from '@kaibo/db/crypto'
import type { Database, Db } from '@kaibo/db/database'
import type { Clock } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Shops } from '@kaibo/modules/shop'
import type { Snapshots } from '@kaibo/modules/snapshot'
import { versionOfLine } from './change-store.ts'
import { entriesOf } from './life-store.ts'
import type { ParcelSource } from './parcel-source.ts'
import { linesByOrders, type OrderRow } from './store.ts'

export type ViewNeeds = {
  database: Database
  clock: Clock
  personal: Pick<PersonalData, 'sealPersonal' | 'openPersonal'>
  shop: Pick<Shops, 'shopsByIds'>
  snapshot: Pick<Snapshots, 'pageOf'>
  parcelsOf: ParcelSource
}

/** Texts that people type have no control characters, so this one tells the parts apart. */
const separator = '\u001f'

export const sealReceiver = (
  personal: Pick<PersonalData, 'sealPersonal'>,
  { name, phone, address }: Receiver,
): string => personal.sealPersonal([name, phone, address].join(separator))

export function openReceiver(
  personal: Pick<PersonalData, 'openPersonal'>,
  sealed: string,
): Receiver {
  const [name = '', phone = '', address = ''] = personal.openPersonal(sealed).split(separator)
  return { name, phone, address }
}

const masked = ({ name, phone, address }: Receiver): Receiver => ({
  name: maskName(name),
  phone: maskPhone(phone),
  address: maskAddress(address),
})

/** Orders as their buyer sees them, or as the merchant does: without the receiver's personal data. */
export async function viewsOf(
  needs: ViewNeeds,
  rows: readonly OrderRow[],
  viewer: 'buyer' | 'merchant',
): Promise<Order[]> {
  if (rows.length === 0) return []
  const { db } = needs.database
  const ids = rows.map(row => row.id)
  const [lines, shops, parcels] = await Promise.all([
    linesByOrders(db, ids),
    shopNames(needs, db, rows),
    needs.parcelsOf(db, ids),
  ])
  const linesByOrder = Map.groupBy(lines, line => line.orderId)
  return rows.map(row => {
    const { receiverSealed: sealed } = row
    const receiver = sealed === null ? null : openReceiver(needs.personal, sealed)
    return {
      ...datesOf(row),
      id: row.id,
      number: row.number,
      checkoutId: row.checkoutId,
      state: row.state,
      closeReason: row.closeReason,
      shop: { id: row.shopId, name: shops.get(row.shopId) ?? '' },
      lines: (linesByOrder.get(row.id) ?? []).map(({ orderId: _, ...line }) => line),
      itemsFen: row.itemsFen,
      discountFen: row.discountFen,
      shippingFen: row.shippingFen,
      payableFen: row.payableFen,
      receiver: receiver && viewer === 'merchant' ? masked(receiver) : receiver,
      note: row.note,
      merchantNote: viewer === 'merchant' ? row.merchantNote : '',
      merchantFlag: viewer === 'merchant' ? row.merchantFlag : 'none',
      isReceiptExtended: row.isReceiptExtended,
      source: { kind: row.sourceKind, id: row.sourceId },
      parcels: parcels.get(row.id) ?? [],
      now: needs.clock.now().toISOString(),
    }
  })
}

export async function viewOf(
  needs: ViewNeeds,
  row: OrderRow,
  viewer: 'buyer' | 'merchant',
): Promise<Order> {
  const [order] = await viewsOf(needs, [row], viewer)
  return must(order, 'one row gives one view')
}

/** What happened to an order, its beginning included. */
export async function historyOf(
  { database }: Pick<ViewNeeds, 'database'>,
  row: OrderRow,
): Promise<{ items: OrderEntry[] }> {
  const placed = { kind: 'placed', by: 'buyer', reason: '', at: row.createdAt } as const
  const entries = [placed, ...(await entriesOf(database.db, row.id))]
  return { items: entries.map(entry => ({ ...entry, at: entry.at.toISOString() })) }
}

/**
 * The page of a line as it stood when it was bought. Throws `order.line_not_found`,
 * `order.page_not_kept`.
 */
export async function pageOf(
  { database: { db }, snapshot }: Pick<ViewNeeds, 'database' | 'snapshot'>,
  line: { orderId: Id; lineId: Id },
): Promise<ProductPage> {
  const found = await versionOfLine(db, line)
  if (!found) throw fail('order.line_not_found')
  const page = found.versionId === null ? null : await snapshot.pageOf(db, found.versionId)
  if (!page) throw fail('order.page_not_kept')
  return page
}

async function shopNames(
  { shop }: ViewNeeds,
  db: Db,
  rows: readonly OrderRow[],
): Promise<Map<Id, string>> {
  const shops = await shop.shopsByIds(db, [...new Set(rows.map(row => row.shopId))])
  return new Map([...shops].map(([id, { name }]) => [id, name]))
}

const datesOf = (row: OrderRow) => ({
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  paidAt: row.paidAt?.toISOString() ?? null,
  shippedAt: row.shippedAt?.toISOString() ?? null,
  receiptDueAt: row.receiptDueAt?.toISOString() ?? null,
  completedAt: row.completedAt?.toISOString() ?? null,
  closedAt: row.closedAt?.toISOString() ?? null,
})
