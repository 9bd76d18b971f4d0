import { type CarrierCode, carriers } from '@kaibo/contract/trade/carriers'

/** A number as each carrier prints it, to show what is meant. */
export const waybillExamples: Readonly<Record<CarrierCode, string>> = {
  sf: 'SF1234567890123',
  yto: 'YT1234567890123',
  zto: '731234567890',
  sto: '773123456789012',
  ems: 'EA123456789CN',
  jd: 'JD0123456789012',
}

const isCarrier = (code: string): code is CarrierCode => code in carriers
export const carrierCodes: readonly CarrierCode[] = Object.keys(carriers).filter(isCarrier)
export const carrierOf = (code: string): CarrierCode | undefined =>
  isCarrier(code) ? code : undefined

/** What was scanned or typed, as the carriers write it: no gaps, capital letters. */
export const normalWaybill = (typed: string): string =>
  typed.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase()

/** Whether the number has the form of that carrier's numbers; the server checks the same. */
export const isWaybillOf = (carrier: CarrierCode, number: string): boolean =>
  new RegExp(carriers[carrier].number).test(number)

/**
 * The carrier for a number: the chosen one while the number may be its own, else the only one that
 * has such numbers. So a scanner finds the carrier by itself.
 */
export function carrierFor(number: string, chosen: CarrierCode): CarrierCode {
  if (isWaybillOf(chosen, number)) return chosen
  const [only, ...others] = carrierCodes.filter(code => isWaybillOf(code, number))
  return only && others.length === 0 ? only : chosen
}
