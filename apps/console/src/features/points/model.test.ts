import { expect, test } from 'vitest'
import { draftOf, isWhole, settingsOf } from './model.ts'

const settings = {
  isOn: true,
  earnedPerYuan: 1,
  pointsPerYuan: 100,
  shareMaxBps: 5_050,
  expiry: 'rolling' as const,
  validDays: 365,
}

test('what is shown is what is saved', () => {
  expect(draftOf(settings).shareText).toBe('50.50')
  expect(settingsOf(draftOf(settings))).toEqual(settings)
})

test('what makes no sense is not saved: half points, none a yuan, more than the whole price', () => {
  const draft = draftOf(settings)
  expect(isWhole(settingsOf(draft))).toBe(true)
  for (const wrong of [
    { earnedText: '1.5' },
    { worthText: '0' },
    { shareText: '101' },
    { daysText: '' },
  ])
    expect(isWhole(settingsOf({ ...draft, ...wrong }))).toBe(false)
  expect(isWhole(settingsOf({ ...draft, earnedText: '0', shareText: '0' }))).toBe(true)
})
