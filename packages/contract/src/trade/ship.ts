import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import { ByShop, ByShopAndId, Id, Instant, named, object, Quantity } from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'
import { SheetProblem, SheetQuery } from '../goods/sheet.ts'
import { sheetBytesMax } from '../goods/sheet-limits.ts'
import { type CarrierCode as Carrier, carriers } from './carriers.ts'

const CarrierCode = Type.Unsafe<Carrier>(Type.String({ enum: Object.keys(carriers) }))

const WaybillNumber = Type.String({ minLength: 5, maxLength: 30 })

export const Parcel = named('Parcel', {
  id: Id,
  carrier: CarrierCode,
  /** The waybill number 运单号. */
  number: Type.String(),
  shippedAt: Instant,
  /** What is in it; empty for one that follows with what was forgotten. */
  lines: Type.Array(object({ lineId: Id, quantity: Quantity })),
})
export type Parcel = Static<typeof Parcel>

export const shipErrors = errors({
  'ship.bad_number': [
    422,
    'This is not a waybill number of that carrier.',
    '运单号格式与物流公司不符',
  ],
  'ship.too_many': [422, 'More than what is still to be sent.', '发货数量超过待发数量'],
  'ship.nothing_to_send': [409, 'Nothing of this order is sent by parcel.', '该订单无需物流发货'],
  'ship.number_taken': [
    409,
    'Another parcel of this order has that number.',
    '该订单已有相同运单号',
  ],
  'ship.parcel_not_found': [404, 'This parcel does not exist.', '包裹不存在'],
})

export const shipApi = {
  ship: endpoint({
    method: 'POST',
    path: '/shops/:shopId/orders/:id/parcels',
    summary: 'Ship a paid order: carrier and waybill number',
    can: 'order.manage',
    scope: 'shop',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: ByShopAndId,
    body: object({
      parcelId: Id,
      carrier: CarrierCode,
      number: WaybillNumber,
      /** Left out: everything that is still here. */
      lines: Type.Optional(
        Type.Array(object({ lineId: Id, quantity: Quantity }), { minItems: 1, maxItems: 100 }),
      ),
    }),
    reply: Parcel,
    errors: [
      'ship.bad_number',
      'ship.number_taken',
      'ship.too_many',
      'ship.nothing_to_send',
      'order.not_found',
      'order.line_not_found',
      'order.wrong_state',
    ],
  }),
  correct: endpoint({
    method: 'PUT',
    path: '/shops/:shopId/parcels/:id',
    summary: 'Correct carrier or waybill number while the order is on its way',
    can: 'order.manage',
    scope: 'shop',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: ByShopAndId,
    body: object({ carrier: CarrierCode, number: WaybillNumber }),
    reply: Parcel,
    errors: ['ship.bad_number', 'ship.parcel_not_found', 'ship.number_taken', 'order.wrong_state'],
  }),
  shipSheet: endpoint({
    method: 'POST',
    path: '/shops/:shopId/parcel-sheets',
    summary: 'Ship many orders by a CSV or XLSX file; each row by itself',
    can: 'order.manage',
    scope: 'shop',
    rate: 'upload',
    idempotency: 'natural',
    audit: 'write',
    params: ByShop,
    body: 'bytes',
    bodyBytesMax: sheetBytesMax,
    reply: object({
      rowCount: Type.Integer(),
      shippedCount: Type.Integer(),
      problems: Type.Array(SheetProblem),
    }),
    errors: [
      'sheet.unreadable',
      'sheet.too_large',
      'sheet.too_many_rows',
      'sheet.too_many_columns',
      'sheet.empty',
      'sheet.columns_missing',
      'sheet.columns_twice',
    ],
  }),
  sheetTemplate: endpoint({
    method: 'GET',
    path: '/shops/:shopId/parcel-sheets/template',
    summary: 'An empty file for shipping many orders',
    can: 'order.manage',
    scope: 'shop',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ByShop,
    query: SheetQuery,
    reply: 'bytes',
    errors: [],
  }),
}
