import { type Fen, fen, sumFen, zeroFen } from '@kaibo/kernel/money'

/** What a template counts: pieces, grams or cubic centimetres. */
export const chargeUnits = ['piece', 'weight', 'volume'] as const
export type ChargeUnit = (typeof chargeUnits)[number]

type Charge = {
  firstUnits: number
  firstFen: Fen
  furtherUnits: number
  furtherFen: Fen
  freeFromFen: Fen | null
  freeFromCount: number | null
}
type Plan = {
  chargeBy: ChargeUnit
  rules: readonly { regions: readonly string[]; charge: Charge | null }[]
  elsewhere: Charge | null
}
/** Something to be sent; `amountFen` is what it costs after the shop's offers. */
export type FreightGoods = {
  quantity: number
  weightG: number
  volumeCm3: number
  amountFen: Fen
}

/** More than any order may cost, so that whoever adds it up refuses the order. */
const freightFenMax = 1_000_000_000

/**
 * What sending these goods to a region (six digits) costs; null = nothing is sent there. Shared by
 * the server and by the console, where a merchant tries a template out before saving it.
 */
export function freightFen(
  plan: Plan,
  regionCode: string,
  goods: readonly FreightGoods[],
): Fen | null {
  const charge = chargeFor(plan, regionCode)
  if (goods.length === 0) return zeroFen
  return charge && (isFree(charge, goods) ? zeroFen : chargeFen(charge, unitsOf(plan, goods)))
}

/** By the longest prefix: a district before its city, a city before its province. */
function chargeFor({ rules, elsewhere }: Plan, regionCode: string): Charge | null {
  for (const digits of [6, 4, 2]) {
    const prefix = regionCode.slice(0, digits)
    const rule = rules.find(({ regions }) => regions.includes(prefix))
    if (rule) return rule.charge
  }
  return elsewhere
}

function isFree({ freeFromFen, freeFromCount }: Charge, goods: readonly FreightGoods[]): boolean {
  const count = goods.reduce((sum, item) => sum + item.quantity, 0)
  return (
    (freeFromFen !== null && sumFen(goods.map(item => item.amountFen)) >= freeFromFen) ||
    (freeFromCount !== null && count >= freeFromCount)
  )
}

const unitsOf = ({ chargeBy }: Plan, goods: readonly FreightGoods[]): number =>
  goods.reduce((sum, item) => sum + item.quantity * unitsOfOne(chargeBy, item), 0)

const unitsOfOne = (chargeBy: ChargeUnit, { weightG, volumeCm3 }: FreightGoods): number =>
  ({ piece: 1, weight: weightG, volume: volumeCm3 })[chargeBy]

function chargeFen(charge: Charge, units: number): Fen {
  const further = Math.ceil(Math.max(0, units - charge.firstUnits) / charge.furtherUnits)
  return fen(Math.min(freightFenMax, charge.firstFen + further * charge.furtherFen))
}
