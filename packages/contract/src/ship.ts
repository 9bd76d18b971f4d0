import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import { ByShopAndId, Id, Instant, named, object } from './common.ts'
import { endpoint } from './endpoint.ts'

/** Carriers of the first catalogue: code → name and the form of its waybill numbers. */
export const carriers = {
  sf: { zh: '顺丰速运', en: 'SF Express', number: '^SF\\d{12,15}$' },
  yto: { zh: '圆通速递', en: 'YTO Express', number: '^YT\\d{13,15}$' },
  zto: { zh: '中通快递', en: 'ZTO Express', number: '^\\d{12,15}$' },
  sto: { zh: '申通快递', en: 'STO Express', number: '^\\d{12,15}$' },
  ems: { zh: '邮政 EMS', en: 'EMS', number: '^[A-Z]{2}\\d{9}[A-Z]{2}$|^\\d{13}$' },
  jd: { zh: '京东物流', en: 'JD Logistics', number: '^JD[A-Z0-9]{11,15}$' },
} as const
export type CarrierCode = keyof typeof carriers

const CarrierCode = Type.Unsafe<CarrierCode>(Type.String({ enum: Object.keys(carriers) }))

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
