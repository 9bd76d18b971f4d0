import type { FreightCharge, FreightPlan } from '@kaibo/contract/trade/freight'
import { type ChargeUnit, type FreightGoods, freightFen } from '@kaibo/contract/trade/freight-fen'
import type { Fen } from '@kaibo/kernel/money'
import { parseCount, parseYuan, yuanText } from '../../components/form/yuan.ts'

export type ChargeDraft = {
  firstUnitsText: string
  firstFeeText: string
  furtherUnitsText: string
  furtherFeeText: string
  /** Both may stay empty: then it is never free. */
  freeFromText: string
  freeFromCountText: string
}
/** A charge of null: nothing is sent there. */
export type RuleDraft = { regions: readonly string[]; charge: ChargeDraft | null }
export type Draft = {
  name: string
  chargeBy: ChargeUnit
  rules: readonly RuleDraft[]
  elsewhere: ChargeDraft | null
}

/** What is wrong, by where: `elsewhere`, or the number of a rule. */
export type Problems = {
  name?: 'name'
  elsewhere?: 'charge'
  rules?: Readonly<Record<number, 'charge' | 'regions' | 'clash'>>
}

const unitsMax = 10_000_000
const countMax = 9_999
const feeFenMax = 1_000_000

export const emptyCharge = (chargeBy: ChargeUnit): ChargeDraft => ({
  firstUnitsText: chargeBy === 'piece' ? '1' : '1000',
  firstFeeText: '',
  furtherUnitsText: chargeBy === 'piece' ? '1' : '1000',
  furtherFeeText: '',
  freeFromText: '',
  freeFromCountText: '',
})

export const emptyDraft: Draft = {
  name: '',
  chargeBy: 'piece',
  rules: [],
  elsewhere: emptyCharge('piece'),
}

/** A template as a form. */
export const draftOf = ({ name, chargeBy, rules, elsewhere }: FreightPlan): Draft => ({
  name,
  chargeBy,
  rules: rules.map(({ regions, charge }) => ({ regions, charge: charge && chargeDraft(charge) })),
  elsewhere: elsewhere && chargeDraft(elsewhere),
})

const chargeDraft = (charge: FreightCharge): ChargeDraft => ({
  firstUnitsText: String(charge.firstUnits),
  firstFeeText: yuanText(charge.firstFen),
  furtherUnitsText: String(charge.furtherUnits),
  furtherFeeText: yuanText(charge.furtherFen),
  freeFromText: charge.freeFromFen === null ? '' : yuanText(charge.freeFromFen),
  freeFromCountText: charge.freeFromCount === null ? '' : String(charge.freeFromCount),
})

/** What was typed as a template, or where it is wrong. */
export function planOf(draft: Draft): { plan: FreightPlan } | { problems: Problems } {
  const name = draft.name.trim()
  const elsewhere = draft.elsewhere && chargeOf(draft.elsewhere)
  const rules = draft.rules.map(({ regions, charge }) => ({
    regions: [...regions],
    charge: charge && chargeOf(charge),
  }))
  const named = rules.flatMap(rule => rule.regions)
  const problems: Problems = {
    ...(name === '' ? { name: 'name' as const } : {}),
    ...(elsewhere === undefined ? { elsewhere: 'charge' as const } : {}),
  }
  const wrong: Record<number, 'charge' | 'regions' | 'clash'> = {}
  for (const [at, { regions, charge }] of rules.entries()) {
    const isTwice = regions.some(code => named.indexOf(code) !== named.lastIndexOf(code))
    if (isTwice) wrong[at] = 'clash'
    if (charge === undefined) wrong[at] = 'charge'
    if (regions.length === 0) wrong[at] = 'regions'
  }
  if (Object.keys(wrong).length > 0) problems.rules = wrong
  const sound = rules.flatMap(({ regions, charge }) =>
    charge === undefined ? [] : [{ regions, charge }],
  )
  return elsewhere === undefined || Object.keys(problems).length > 0
    ? { problems }
    : { plan: { name, chargeBy: draft.chargeBy, rules: sound, elsewhere } }
}

/** Undefined when something is missing or no number. */
function chargeOf(draft: ChargeDraft): FreightCharge | undefined {
  const firstUnits = parseCount(draft.firstUnitsText, unitsMax)
  const furtherUnits = parseCount(draft.furtherUnitsText, unitsMax)
  const firstFen = parseYuan(draft.firstFeeText)
  const furtherFen = parseYuan(draft.furtherFeeText)
  const freeFromFen = optional(draft.freeFromText, parseYuan)
  const freeFromCount = optional(draft.freeFromCountText, text => parseCount(text, countMax))
  if (!firstUnits || !furtherUnits || firstFen === null || furtherFen === null) return undefined
  if (Math.max(firstFen, furtherFen) > feeFenMax) return undefined
  if (freeFromFen === undefined || freeFromCount === undefined || freeFromCount === 0)
    return undefined
  return { firstUnits, firstFen, furtherUnits, furtherFen, freeFromFen, freeFromCount }
}

/** Null when nothing was typed, undefined when it is no number. */
const optional = <N extends number>(text: string, parse: (text: string) => N | null) =>
  text.trim() === '' ? null : (parse(text) ?? undefined)

export type TrialDraft = {
  regionCode: string
  quantityText: string
  weightText: string
  volumeText: string
  amountText: string
}

/** What sending goods would cost with the form as it stands: `null` = nothing is sent there. */
export function trialOf(draft: Draft, trial: TrialDraft): { costFen: Fen | null } | null {
  const checked = planOf({ ...draft, name: draft.name.trim() || '-' })
  const goods: { [F in keyof FreightGoods]: FreightGoods[F] | null } = {
    quantity: parseCount(trial.quantityText, countMax),
    weightG: parseCount(trial.weightText, unitsMax),
    volumeCm3: parseCount(trial.volumeText, unitsMax),
    amountFen: parseYuan(trial.amountText),
  }
  const { quantity, weightG, volumeCm3, amountFen } = goods
  if ('problems' in checked || trial.regionCode === '' || !quantity) return null
  if (weightG === null || volumeCm3 === null || amountFen === null) return null
  const one = { quantity, weightG, volumeCm3, amountFen }
  return { costFen: freightFen(checked.plan, trial.regionCode, [one]) }
}
