import type { PointsSettings } from '@kaibo/contract/offer/points'
import { parseCount, parsePercent, yuanText } from '../../components/form/yuan.ts'

/** The settings as they are typed. */
export type PointsDraft = Pick<PointsSettings, 'isOn' | 'expiry'> & {
  earnedText: string
  worthText: string
  shareText: string
  daysText: string
}

export const draftOf = (settings: PointsSettings): PointsDraft => ({
  isOn: settings.isOn,
  expiry: settings.expiry,
  earnedText: String(settings.earnedPerYuan),
  worthText: String(settings.pointsPerYuan),
  shareText: yuanText(settings.shareMaxBps),
  daysText: String(settings.validDays),
})

/** Settings with null in place of what makes no sense. */
type Typed = { [Key in keyof PointsSettings]: PointsSettings[Key] | null }

/** What was typed, as settings. */
export function settingsOf(draft: PointsDraft): Typed {
  const atLeastOne = (text: string, max: number) => parseCount(text, max) || null
  return {
    isOn: draft.isOn,
    expiry: draft.expiry,
    earnedPerYuan: parseCount(draft.earnedText, 1_000),
    pointsPerYuan: atLeastOne(draft.worthText, 100_000),
    shareMaxBps: parsePercent(draft.shareText),
    validDays: atLeastOne(draft.daysText, 3_650),
  }
}

/** Whether everything that was typed makes sense. */
export const isWhole = (typed: Typed): typed is PointsSettings =>
  Object.values(typed).every(value => value !== null)
