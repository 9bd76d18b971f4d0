import { requireShop } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { SheetQuery } from '@kaibo/contract/goods/sheet'
import type { Order, OrderLine, Receiver } from '@kaibo/contract/trade/order'
import { exportOrdersMax, type OrderFilter } from '@kaibo/contract/trade/orderdesk'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import { choiceKind, integerKind, optional, textKind, yuanKind } from '@kaibo/sheet/kinds'
import { type ColumnsOf, defineSheet } from '@kaibo/sheet/sheet'
import type { SheetFile } from '@kaibo/sheet/table'
import type { DeskNeeds } from './desk.ts'
import * as store from './store.ts'

/** One line of an order; what belongs to the order as a whole stands in its first line only. */
type Cells = {
  number: string
  state: Order['state']
  createdAt: string
  paidAt: string
  title: string
  spec: string
  quantity: number
  listPrice: Fen
  payable: Fen
  shipping: Fen | null
  total: Fen | null
  source: Order['source']['kind']
  note: string
  merchantNote: string
  parcels: string
}
type ReceiverCells = Cells & { name: string; phone: string; address: string }

const count = integerKind({ min: 0, max: 999 })
const long = textKind(500)

const columns: ColumnsOf<Cells> = {
  number: { zh: '订单号', en: 'Order', kind: long, example: '' },
  state: {
    zh: '状态',
    en: 'State',
    kind: choiceKind({
      pending: ['待付款', 'Unpaid'],
      paid: ['待发货', 'To ship'],
      part_shipped: ['部分发货', 'Partly shipped'],
      shipped: ['已发货', 'Shipped'],
      completed: ['已完成', 'Completed'],
      closed: ['已关闭', 'Closed'],
    }),
    example: '',
  },
  createdAt: { zh: '下单时间', en: 'Placed', kind: long, example: '' },
  paidAt: { zh: '付款时间', en: 'Paid', kind: long, example: '' },
  title: { zh: '商品', en: 'Product', kind: long, example: '' },
  spec: { zh: '规格', en: 'Spec', kind: long, example: '' },
  quantity: { zh: '数量', en: 'Quantity', kind: count, example: '' },
  listPrice: { zh: '单价（元）', en: 'Price (CNY)', kind: yuanKind, example: '' },
  payable: { zh: '实付（元）', en: 'Paid for it (CNY)', kind: yuanKind, example: '' },
  shipping: { zh: '运费（元）', en: 'Shipping (CNY)', kind: optional(yuanKind), example: '' },
  total: { zh: '订单金额（元）', en: 'Order total (CNY)', kind: optional(yuanKind), example: '' },
  source: {
    zh: '来源',
    en: 'Source',
    kind: choiceKind({
      live: ['直播间', 'Live room'],
      link: ['分销链接', 'Link'],
      shop: ['商城', 'Shop'],
      video: ['视频', 'Video'],
    }),
    example: '',
  },
  note: { zh: '买家备注', en: 'Buyer’s note', kind: long, example: '' },
  merchantNote: { zh: '商家备注', en: 'Shop’s note', kind: long, example: '' },
  parcels: { zh: '运单号', en: 'Waybills', kind: long, example: '' },
}
const names = { zh: '订单', en: 'Orders' }
const plainSheet = defineSheet<Cells>(names, columns)
const receiverSheet = defineSheet<ReceiverCells>(names, {
  ...columns,
  name: { zh: '收货人', en: 'Receiver', kind: long, example: '' },
  phone: { zh: '电话', en: 'Phone', kind: long, example: '' },
  address: { zh: '地址', en: 'Address', kind: long, example: '' },
})

type Wanted = { shopId: Id } & OrderFilter & SheetQuery

/** Orders of a shop as a file, without receivers. Throws `order.export_too_large`. */
export async function exportOrders(
  needs: DeskNeeds,
  actor: Actor,
  filter: Wanted,
): Promise<SheetFile> {
  requireShop(actor, 'order.manage', filter.shopId)
  const orders = await ordersOf(needs, filter)
  return plainSheet.write(orders.flatMap(cellsOf), filter)
}

/** The same with receivers in full: whoever calls has to record it. */
export async function exportReceivers(
  needs: DeskNeeds,
  actor: Actor,
  filter: Wanted,
): Promise<SheetFile> {
  const { shopId } = filter
  requireShop(actor, 'order.reveal', shopId)
  const orders = await ordersOf(needs, filter)
  const ids = orders.map(order => order.id)
  const receivers = await needs.order.desk.receivers(needs.database.db, { shopId, ids })
  const nobody: Receiver = { name: '', phone: '', address: '' }
  const rows = orders.flatMap(order =>
    cellsOf(order).map(cells => ({ ...cells, ...(receivers.get(order.id) ?? nobody) })),
  )
  return receiverSheet.write(rows, filter)
}

const viewsAtOnceMax = 500

async function ordersOf(
  { database, order }: DeskNeeds,
  filter: store.ShopFilter,
): Promise<Order[]> {
  const ids = await store.firstIds(database.db, filter, exportOrdersMax + 1)
  if (ids.length > exportOrdersMax) throw fail('order.export_too_large', { max: exportOrdersMax })
  const orders: Order[] = []
  for (let at = 0; at < ids.length; at += viewsAtOnceMax) {
    const some = ids.slice(at, at + viewsAtOnceMax)
    orders.push(...(await order.desk.views({ shopId: filter.shopId, ids: some })))
  }
  return orders
}

const cellsOf = (order: Order): Cells[] =>
  order.lines.map((line, position) => ({
    number: order.number,
    state: order.state,
    createdAt: localTime(order.createdAt),
    paidAt: order.paidAt === null ? '' : localTime(order.paidAt),
    title: line.title,
    spec: specOf(line),
    quantity: line.quantity,
    listPrice: line.listPriceFen,
    payable: line.payableFen,
    shipping: position === 0 ? order.shippingFen : null,
    total: position === 0 ? order.payableFen : null,
    source: order.source.kind,
    note: order.note,
    merchantNote: order.merchantNote,
    parcels: order.parcels.map(parcel => parcel.number).join(' '),
  }))

const specOf = ({ spec }: OrderLine) =>
  Object.entries(spec)
    .map(([name, value]) => `${name}:${value}`)
    .join(';')

/** `2026-11-22 20:15:00` in Asia/Shanghai. */
const localTime = (instant: string) =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
