import type { Coupon, CouponCard, CouponOff } from '@kaibo/contract/offer/coupon'

/** What both a coupon to claim and one in hand promise. */
export type Promised = Pick<
  Coupon & CouponCard,
  'title' | 'off' | 'thresholdFen' | 'scope' | 'shop'
>

/** The share as people say it: `8.5` (折, what is paid of ten) in Chinese, `15` (percent off) in English. */
export function shareText(
  off: Extract<CouponOff, { bps: number }>,
  language: 'zh-CN' | 'en',
): string {
  const hundredths = language === 'en' ? off.bps : 10_000 - off.bps
  return String(language === 'en' ? hundredths / 100 : hundredths / 1_000)
}

export type ClaimState = 'open' | 'again' | 'claimed' | 'gone'

/** What can be done with a coupon of the centre by somebody who has so many of it. */
export function claimStateOf(
  { leftCount, perPersonMax }: Pick<CouponCard, 'leftCount' | 'perPersonMax'>,
  claimedCount: number,
): ClaimState {
  if (claimedCount >= perPersonMax) return 'claimed'
  if (leftCount <= 0) return 'gone'
  return claimedCount > 0 ? 'again' : 'open'
}

/** So few that it is worth saying. */
export const isScarce = ({ leftCount }: Pick<CouponCard, 'leftCount'>): boolean =>
  leftCount > 0 && leftCount <= 20
