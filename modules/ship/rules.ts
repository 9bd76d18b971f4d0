import { fail } from '@kaibo/contract/core/fail'
import { type CarrierCode, carriers } from '@kaibo/contract/trade/carriers'

/** A waybill number as the carrier prints it. Throws `ship.bad_number` when it is none of theirs. */
export function decideNumber(carrier: CarrierCode, typed: string): string {
  const number = typed.trim().toUpperCase()
  if (!new RegExp(carriers[carrier].number).test(number)) throw fail('ship.bad_number', { carrier })
  return number
}
