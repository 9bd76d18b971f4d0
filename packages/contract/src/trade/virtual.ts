import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import {
  ById,
  Done,
  Id,
  Instant,
  named,
  nullable,
  object,
  oneOf,
  pageOf,
  pageQuery,
  text,
} from '../core/common.ts'
import { endpoint, event } from '../core/endpoint.ts'
import { SheetProblem, sheetReadErrors } from '../goods/sheet.ts'
import { sheetBytesMax } from '../goods/sheet-limits.ts'

/** code = a secret text for each piece · booking = a place in a time slot. */
export const virtualKinds = ['code', 'booking'] as const
export type VirtualKind = (typeof virtualKinds)[number]

/** How a virtual SKU reaches its buyer. */
export const VirtualRule = named('VirtualRule', {
  skuId: Id,
  kind: oneOf(virtualKinds),
  /** What the buyer is told about refunds, in the shop's words. */
  refundRule: Type.String(),
  /** A booking can be cancelled until so many hours before it begins. */
  cancelHours: Type.Integer({ minimum: 0, maximum: 720 }),
})
export type VirtualRule = Static<typeof VirtualRule>

/** A virtual SKU with where it stands. */
export const VirtualSku = named('VirtualSku', {
  skuId: Id,
  productId: Id,
  title: Type.String(),
  spec: Type.Record(Type.String(), Type.String()),
  kind: oneOf(virtualKinds),
  refundRule: Type.String(),
  cancelHours: Type.Integer(),
  freeCodeCount: Type.Integer(),
  givenCodeCount: Type.Integer(),
  /** Pieces that are paid and not yet delivered: codes have run out, or no slot is chosen. */
  waitingCount: Type.Integer(),
})
export type VirtualSku = Static<typeof VirtualSku>

export const codeStates = ['free', 'given', 'void'] as const
export type CodeState = (typeof codeStates)[number]

/** A code as the merchant sees it: never in full. */
export const VirtualCode = named('VirtualCode', {
  id: Id,
  masked: Type.String(),
  state: oneOf(codeStates),
  orderId: nullable(Id),
  importedAt: Instant,
  givenAt: nullable(Instant),
})
export type VirtualCode = Static<typeof VirtualCode>

export const CodeImport = named('CodeImport', {
  id: Id,
  /** Codes that are new; those known before are left alone. */
  addedCount: Type.Integer(),
  knownCount: Type.Integer(),
  problems: Type.Array(SheetProblem),
})
export type CodeImport = Static<typeof CodeImport>

export const VirtualSlot = named('VirtualSlot', {
  id: Id,
  skuId: Id,
  startsAt: Instant,
  endsAt: Instant,
  place: Type.String(),
  capacity: Type.Integer(),
  taken: Type.Integer(),
})
export type VirtualSlot = Static<typeof VirtualSlot>

/** waiting = paid: for codes, for a slot to be chosen, or for its time · delivered = codes given, slot over. */
export const virtualStates = ['unpaid', 'waiting', 'delivered', 'over'] as const

/** What one line of an order delivers. */
export const VirtualGoods = named('VirtualGoods', {
  lineId: Id,
  skuId: Id,
  quantity: Type.Integer(),
  kind: nullable(oneOf(virtualKinds)),
  state: oneOf(virtualStates),
  /** In full for the buyer alone. */
  codes: Type.Array(Type.String()),
  slot: nullable(VirtualSlot),
  /** Until when the booking may be changed or cancelled. */
  cancelUntil: nullable(Instant),
  refundRule: Type.String(),
})
export type VirtualGoods = Static<typeof VirtualGoods>

export const virtualErrors = errors({
  'virtual.kind_in_use': [
    409,
    'Something of this kind has been sold or stocked already.',
    '该规格已有卡密或预约，不能更改发放方式',
  ],
  'virtual.not_ready': [409, 'The shop cannot deliver this yet.', '商家未设置发放方式，暂不能购买'],
  'virtual.no_rule': [409, 'Set how these goods are delivered first.', '请先设置该规格的发放方式'],
  'virtual.code_given': [
    409,
    'This code has been given away or withdrawn.',
    '该卡密已发放或已作废',
  ],
  'virtual.slot_full': [409, 'Not enough places are left in this slot.', '该时段名额不足'],
  'virtual.slot_over': [409, 'This slot can no longer be booked.', '该时段已不能预约'],
  'virtual.slot_taken': [409, 'Somebody has booked this slot already.', '该时段已有预约，不能删除'],
  'virtual.slot_times': [422, 'A slot ends after it begins.', '结束时间须晚于开始时间'],
  'virtual.too_late': [
    409,
    'It is too late to change or cancel this booking.',
    '已超过可更改或取消的时间',
  ],
  'virtual.not_bookable': [409, 'There is nothing to book for this order line.', '该商品无需预约'],
})

const BySku = object({ shopId: Id, skuId: Id })
const BySkuAndId = object({ shopId: Id, skuId: Id, id: Id })
const managed = { can: 'stock.manage', scope: 'shop' } as const
const changing = { ...managed, rate: 'write', idempotency: 'natural', audit: 'write' } as const
const reading = { ...managed, rate: 'read', idempotency: 'safe', audit: 'none' } as const
const buying = {
  can: 'order.buy',
  scope: 'self',
  rate: 'write',
  idempotency: 'natural',
  audit: 'none',
} as const

export const virtualApi = {
  list: endpoint({
    ...reading,
    method: 'GET',
    path: '/shops/:shopId/virtual-skus',
    summary: 'Virtual SKUs of my shop, or of a product, with codes left and deliveries that wait',
    params: object({ shopId: Id }),
    query: object({ ...pageQuery, productId: Type.Optional(Id) }),
    reply: pageOf(VirtualSku),
    errors: [],
  }),
  setRule: endpoint({
    ...changing,
    method: 'PUT',
    path: '/shops/:shopId/skus/:skuId/virtual',
    summary: 'How a virtual SKU is delivered, and its refund rule',
    params: BySku,
    body: object({
      kind: oneOf(virtualKinds),
      refundRule: text(0, 500),
      cancelHours: Type.Integer({ minimum: 0, maximum: 720 }),
    }),
    reply: VirtualRule,
    errors: ['product.not_found', 'virtual.kind_in_use'],
  }),
  codes: endpoint({
    ...reading,
    method: 'GET',
    path: '/shops/:shopId/skus/:skuId/codes',
    summary: 'Codes of a SKU, masked, newest first',
    params: BySku,
    query: object({ ...pageQuery, state: Type.Optional(oneOf(codeStates)) }),
    reply: pageOf(VirtualCode),
    errors: ['product.not_found'],
  }),
  importCodes: endpoint({
    ...changing,
    rate: 'upload',
    method: 'POST',
    path: '/shops/:shopId/skus/:skuId/code-imports/:id',
    summary: 'Add codes from a CSV or XLSX file (raw body, column 卡密 / Code); all or none',
    params: BySkuAndId,
    body: 'bytes',
    bodyBytesMax: sheetBytesMax,
    reply: CodeImport,
    errors: ['product.not_found', 'virtual.no_rule', ...sheetReadErrors],
  }),
  voidCode: endpoint({
    ...changing,
    method: 'DELETE',
    path: '/shops/:shopId/skus/:skuId/codes/:id',
    summary: 'Take back a code that nobody has; the stock goes down by one',
    params: BySkuAndId,
    reply: Done,
    errors: ['product.not_found', 'virtual.code_given', 'stock.below_reserved'],
  }),
  slots: endpoint({
    ...reading,
    method: 'GET',
    path: '/shops/:shopId/skus/:skuId/slots',
    summary: 'Time slots of a SKU, earliest first',
    params: BySku,
    query: object(pageQuery),
    reply: pageOf(VirtualSlot),
    errors: ['product.not_found'],
  }),
  putSlot: endpoint({
    ...changing,
    method: 'PUT',
    path: '/shops/:shopId/skus/:skuId/slots/:id',
    summary: 'Make a time slot, or change the one of this id',
    params: BySkuAndId,
    body: object({
      startsAt: Instant,
      endsAt: Instant,
      place: text(0, 100),
      capacity: Type.Integer({ minimum: 1, maximum: 10_000 }),
    }),
    reply: VirtualSlot,
    errors: ['product.not_found', 'virtual.no_rule', 'virtual.slot_times', 'virtual.slot_full'],
  }),
  removeSlot: endpoint({
    ...changing,
    method: 'DELETE',
    path: '/shops/:shopId/skus/:skuId/slots/:id',
    summary: 'Remove a slot that nobody has booked',
    params: BySkuAndId,
    reply: Done,
    errors: ['product.not_found', 'virtual.slot_taken'],
  }),
  openSlots: endpoint({
    method: 'GET',
    path: '/skus/:id/slots',
    summary: 'Slots that can still be booked, earliest first, and what holds for refunds',
    can: 'public',
    scope: 'public',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ById,
    reply: object({ rule: nullable(VirtualRule), slots: Type.Array(VirtualSlot) }),
    errors: [],
  }),
  mine: endpoint({
    ...buying,
    rate: 'read',
    idempotency: 'safe',
    method: 'GET',
    path: '/orders/:id/virtual-goods',
    summary: 'What my order delivers: codes in full, bookings',
    params: ById,
    reply: object({ goods: Type.Array(VirtualGoods) }),
    errors: ['order.not_found'],
  }),
  book: endpoint({
    ...buying,
    method: 'PUT',
    path: '/orders/:id/lines/:lineId/booking',
    summary: 'Choose a slot, at the purchase or later; another one instead while it may be changed',
    params: object({ id: Id, lineId: Id }),
    body: object({ slotId: Id }),
    reply: VirtualGoods,
    errors: [
      'order.not_found',
      'order.wrong_state',
      'virtual.not_bookable',
      'virtual.slot_full',
      'virtual.slot_over',
      'virtual.too_late',
    ],
  }),
  cancelBooking: endpoint({
    ...buying,
    method: 'DELETE',
    path: '/orders/:id/lines/:lineId/booking',
    summary: 'Give a booked slot back; another one can be chosen',
    params: object({ id: Id, lineId: Id }),
    reply: VirtualGoods,
    errors: ['order.not_found', 'virtual.not_bookable', 'virtual.too_late'],
  }),
  ofShop: endpoint({
    ...reading,
    can: 'order.manage',
    method: 'GET',
    path: '/shops/:shopId/orders/:id/virtual-goods',
    summary: 'What an order of my shop delivers: codes masked',
    params: object({ shopId: Id, id: Id }),
    reply: object({ goods: Type.Array(VirtualGoods) }),
    errors: ['order.not_found'],
  }),
}

const VirtualMoved = object({ orderId: Id, buyerId: Id, shopId: Id, lineId: Id, skuId: Id })
/** Codes are given, or a paid booking has its slot: the buyer can be told. */
export const virtualDelivered = event('virtual.delivered', VirtualMoved)
/** Paid, but there are too few codes: the shop has to be told. */
export const virtualShort = event('virtual.short', VirtualMoved)
