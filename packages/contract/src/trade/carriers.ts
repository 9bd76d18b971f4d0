/** Carriers of the first catalogue: code → name and the form of its waybill numbers. Without schemas. */
export const carriers = {
  sf: { zh: '顺丰速运', en: 'SF Express', number: '^SF\\d{12,15}$' },
  yto: { zh: '圆通速递', en: 'YTO Express', number: '^YT\\d{13,15}$' },
  zto: { zh: '中通快递', en: 'ZTO Express', number: '^\\d{12,15}$' },
  sto: { zh: '申通快递', en: 'STO Express', number: '^\\d{12,15}$' },
  ems: { zh: '邮政 EMS', en: 'EMS', number: '^[A-Z]{2}\\d{9}[A-Z]{2}$|^\\d{13}$' },
  jd: { zh: '京东物流', en: 'JD Logistics', number: '^JD[A-Z0-9]{11,15}$' },
} as const
export type CarrierCode = keyof typeof carriers
