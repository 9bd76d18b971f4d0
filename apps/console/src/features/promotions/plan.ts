import type { PromotionPlan, PromotionRules, PromotionScope } from '@kaibo/contract/offer/promotion'
import type { BasisPoints } from '@kaibo/kernel/money'
import { instantOf } from '../../components/form/local-time.ts'
import { parseCount, parsePercent, parseYuan } from '../../components/form/yuan.ts'
import type { Draft, GoodsRow, TierDraft } from './draft.ts'

/** Where something is missing or wrong; each has its sentence. */
export type ProblemAt =
  | 'title'
  | 'window'
  | 'items'
  | 'scope'
  | 'percent'
  | 'tiers'
  | 'buyCount'
  | 'timesMax'
  | 'gifts'
  | 'price'
export type Problems = Partial<Record<ProblemAt, true>>

const percentMaxBps = 9_900
const quantityMax = 99
const buyCountMax = 999
const thresholdCountMax = 9_999

/** What was typed as a plan, or where it is wrong; the API's own refusals come on top. */
export function planOf(draft: Draft): { plan: PromotionPlan } | { problems: Problems } {
  const problems: Problems = {}
  const need = <T>(value: T | null, at: ProblemAt): T | null => {
    if (value === null) problems[at] = true
    return value
  }
  const title = need(draft.title.trim() || null, 'title')
  const startsAt = need(instantOf(draft.startsText), 'window')
  const endsAt = need(instantOf(draft.endsText), 'window')
  if (startsAt !== null && endsAt !== null && endsAt <= startsAt) problems.window = true
  const rules = rulesOf(draft, need)
  return title === null || startsAt === null || endsAt === null || !rules || problems.window
    ? { problems }
    : { plan: { title, startsAt, endsAt, rules } }
}

type Need = <T>(value: T | null, at: ProblemAt) => T | null

function rulesOf(draft: Draft, need: Need): PromotionRules | null {
  switch (draft.kind) {
    case 'limited_discount':
      return discountOf(draft, need)
    case 'bundle': {
      const items = need(quantities(draft.items, 2), 'items')
      const priceFen = need(positive(parseYuan(draft.priceText)), 'price')
      return items && priceFen && { kind: 'bundle', items, priceFen }
    }
    case 'buy_gift': {
      const scope = need(scopeOf(draft), 'scope')
      const buyCount = need(positive(parseCount(draft.buyCountText, buyCountMax)), 'buyCount')
      const timesMax = need(positive(parseCount(draft.timesMaxText, quantityMax)), 'timesMax')
      const gifts = need(quantities(draft.gifts, 1), 'gifts')
      return scope && buyCount && timesMax && gifts
        ? { kind: 'buy_gift', scope, buyCount, timesMax, gifts }
        : null
    }
    case 'full_reduction': {
      const scope = need(scopeOf(draft), 'scope')
      const tiers = need(whole(draft.tiers.map(tier => tierOf(tier, draft.by))), 'tiers')
      const repeats = draft.repeats && draft.tiers.length === 1
      return scope && tiers && { kind: 'full_reduction', scope, by: draft.by, repeats, tiers }
    }
  }
}

function discountOf(draft: Draft, need: Need): PromotionRules | null {
  const { hasShare, stacksWithMember } = draft
  const prices = whole(
    draft.items.map(({ skuId, text }) => {
      const priceFen = positive(parseYuan(text))
      return priceFen === null ? null : { skuId, priceFen }
    }),
  )
  const items = need(prices?.length === 0 && !hasShare ? null : prices, 'items')
  const scope = hasShare ? need(scopeOf(draft), 'scope') : null
  const offBps = hasShare ? need(offBpsOf(draft.percentText), 'percent') : null
  const share = scope && offBps ? { scope, offBps } : null
  return items && (share || !hasShare)
    ? { kind: 'limited_discount', items, share, stacksWithMember }
    : null
}

type Tier = Extract<PromotionRules, { kind: 'full_reduction' }>['tiers'][number]

function tierOf(tier: TierDraft, by: Draft['by']): Tier | null {
  const threshold = positive(
    by === 'amount'
      ? parseYuan(tier.thresholdText)
      : parseCount(tier.thresholdText, thresholdCountMax),
  )
  const off = offOf(tier)
  const gifts = quantities(tier.gifts, tier.take === 'nothing' ? 1 : 0)
  return threshold !== null && off !== undefined && gifts ? { threshold, off, gifts } : null
}

/** Undefined when what was typed is neither. */
function offOf({ take, offText, maxText }: TierDraft): Tier['off'] | undefined {
  if (take === 'nothing') return null
  if (take === 'fen') {
    const fen = positive(parseYuan(offText))
    return fen === null ? undefined : { fen }
  }
  const bps = offBpsOf(offText)
  const maxFen = maxText.trim() === '' ? null : positive(parseYuan(maxText))
  return bps === null || (maxFen === null && maxText.trim() !== '') ? undefined : { bps, maxFen }
}

function offBpsOf(text: string): BasisPoints | null {
  const bps = positive(parsePercent(text))
  return bps !== null && bps <= percentMaxBps ? bps : null
}

const scopeOf = ({ scope: { only, ids } }: Draft): PromotionScope | null =>
  only === 'all' ? { only, ids: [] } : ids.length > 0 ? { only, ids: [...ids] } : null

const positive = <N extends number>(value: N | null): N | null =>
  value !== null && value > 0 ? value : null

const whole = <T>(values: readonly (T | null)[]): T[] | null => {
  const found = values.filter(value => value !== null)
  return found.length === values.length ? found : null
}

function quantities(rows: readonly GoodsRow[], atLeast: number) {
  const items = whole(
    rows.map(({ skuId, text }) => {
      const quantity = positive(parseCount(text, quantityMax))
      return quantity === null ? null : { skuId, quantity }
    }),
  )
  return items && items.length >= atLeast ? items : null
}
