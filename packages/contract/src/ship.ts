import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import { type CarrierCode as Carrier, carriers } from './carriers.ts'
import { ByShopAndId, Id, Instant, named, object } from './common.ts'
import { endpoint } from './endpoint.ts'

const CarrierCode = Type.Unsafe<Carrier>(Type.String({ enum: Object.keys(carriers) }))

export const Parcel = named('Parcel', {
  id: Id,
  carrier: CarrierCode,
  /** The waybill number 运单号. */
  number: Type.String(),
  shippedAt: Instant,
})
export type Parcel = Static<typeof Parcel>

export const shipErrors = errors({
  'ship.bad_number': [
    422,
    'This is not a waybill number of that carrier.',
    '运单号格式与物流公司不符',
  ],
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
      number: Type.String({ minLength: 5, maxLength: 30 }),
    }),
    reply: Parcel,
    errors: ['ship.bad_number', 'order.not_found', 'order.wrong_state'],
  }),
}
