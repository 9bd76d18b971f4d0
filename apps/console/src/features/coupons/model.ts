import type { CouponTemplate, NewCouponTemplate } from '@kaibo/contract/offer/coupon'
import { dayMs } from '@kaibo/kernel/clock'
import { fen } from '@kaibo/kernel/money'
import { instantOf, localText } from '../../components/form/local-time.ts'
import { parseCount, parsePercent, parseYuan } from '../../components/form/yuan.ts'
import { everything, type ScopeDraft } from '../promotions/draft.ts'

/** The form of a coupon, as it is typed. */
export type Draft = {
  title: string
  take: 'fen' | 'share'
  offText: string
  /** At most so much, for a share; empty = no cap. */
  maxText: string
  /** Empty = no threshold. */
  thresholdText: string
  scope: ScopeDraft
  totalText: string
  perPersonText: string
  claimFromText: string
  claimUntilText: string
  lasts: 'days' | 'window'
  daysText: string
  validFromText: string
  validUntilText: string
  group: string
  withActivity: boolean
  hasCode: boolean
  code: string
}

export type ProblemAt =
  | 'title'
  | 'off'
  | 'max'
  | 'threshold'
  | 'scope'
  | 'total'
  | 'perPerson'
  | 'claim'
  | 'validity'
  | 'code'
export type Problems = Partial<Record<ProblemAt, true>>

/** A new coupon: claimed for a week from now, good for a month after the claim. */
export function emptyDraft(now: Date): Draft {
  const weekOn = localText(new Date(now.getTime() + 7 * dayMs))
  return {
    title: '',
    take: 'fen',
    offText: '',
    maxText: '',
    thresholdText: '',
    scope: everything,
    totalText: '1000',
    perPersonText: '1',
    claimFromText: localText(now),
    claimUntilText: weekOn,
    lasts: 'days',
    daysText: '30',
    validFromText: localText(now),
    validUntilText: weekOn,
    group: '',
    withActivity: false,
    hasCode: false,
    code: '',
  }
}

const codePattern = /^[0-9A-Z]{4,20}$/

/** What was typed as a coupon, or where it is wrong; the API's own refusals come on top. */
export function templateOf(
  draft: Draft,
): { template: Omit<NewCouponTemplate, 'id'> } | { problems: Problems } {
  const problems: Problems = {}
  const need = <T>(value: T | null, at: ProblemAt): T | null => {
    if (value === null) problems[at] = true
    return value
  }
  const title = need(draft.title.trim() || null, 'title')
  const off = need(offOf(draft), 'off')
  const thresholdFen = need(amountOr(draft.thresholdText, fen(0)), 'threshold')
  const { only, ids } = draft.scope
  if (only !== 'all' && ids.length === 0) problems.scope = true
  const totalCount = need(positive(parseCount(draft.totalText, 10_000_000)), 'total')
  const perPersonMax = need(positive(parseCount(draft.perPersonText, 100)), 'perPerson')
  const claim = need(windowOf(draft.claimFromText, draft.claimUntilText), 'claim')
  const validity = need(validityOf(draft), 'validity')
  const code = draft.hasCode ? draft.code.trim().toUpperCase() : null
  if (code !== null && !codePattern.test(code)) problems.code = true
  if (off && 'fen' in off && thresholdFen && off.fen > thresholdFen) problems.threshold = true
  if (!title || !off || thresholdFen === null || !totalCount || !perPersonMax) return { problems }
  if (!claim || !validity || Object.keys(problems).length > 0) return { problems }
  return {
    template: {
      title,
      off,
      thresholdFen,
      scope: { only, ids },
      validity,
      withActivity: draft.withActivity,
      totalCount,
      perPersonMax,
      claimFrom: claim.from,
      claimUntil: claim.until,
      group: draft.group.trim(),
      code,
    },
  }
}

const positive = <N extends number>(value: N | null): N | null =>
  value !== null && value > 0 ? value : null

/** What was typed; `otherwise` for nothing. */
const amountOr = <T>(text: string, otherwise: T) =>
  text.trim() === '' ? otherwise : parseYuan(text)

function offOf({ take, offText, maxText }: Draft): NewCouponTemplate['off'] | null {
  if (take === 'fen') {
    const amount = positive(parseYuan(offText))
    return amount === null ? null : { fen: amount }
  }
  const bps = positive(parsePercent(offText))
  const maxFen = amountOr(maxText, undefined)
  if (bps === null || bps > 9_999 || maxFen === null || maxFen === fen(0)) return null
  return { bps, maxFen: maxFen ?? null }
}

function windowOf(fromText: string, untilText: string): { from: string; until: string } | null {
  const [from, until] = [instantOf(fromText), instantOf(untilText)]
  return from !== null && until !== null && from < until ? { from, until } : null
}

function validityOf(draft: Draft): NewCouponTemplate['validity'] | null {
  if (draft.lasts === 'window') return windowOf(draft.validFromText, draft.validUntilText)
  const days = positive(parseCount(draft.daysText, 366))
  return days === null ? null : { days }
}

export type CouponStatus = 'coming' | 'open' | 'all_claimed' | 'over' | 'stopped'

/** Where a coupon stands, by the server's clock. */
export function statusOf(template: CouponTemplate): CouponStatus {
  if (template.isStopped) return 'stopped'
  if (template.claimFrom > template.now) return 'coming'
  if (template.claimUntil <= template.now) return 'over'
  return template.issuedCount >= template.totalCount ? 'all_claimed' : 'open'
}
