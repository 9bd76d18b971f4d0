import type { AttitudeView } from '@kaibo/contract/show/attitude'
import { expect, test } from 'vitest'
import { shownAfter, wantedBy } from './model.ts'

const view = (changes: Partial<AttitudeView> = {}): AttitudeView => ({
  mine: null,
  mayFlip: true,
  upCount: 5,
  ...changes,
})

test('the thumb that is mine is taken back by a press, the other one is chosen', () => {
  expect(wantedBy(view(), 'up')).toBe('up')
  expect(wantedBy(view({ mine: 'up' }), 'up')).toBeNull()
  expect(wantedBy(view({ mine: 'up' }), 'down')).toBe('down')
})

test('only approval moves the number that viewers see', () => {
  expect(shownAfter(view(), 'up')).toMatchObject({ mine: 'up', upCount: 6 })
  expect(shownAfter(view(), 'down')).toMatchObject({ mine: 'down', upCount: 5 })
  expect(shownAfter(view({ mine: 'up' }), 'down')).toMatchObject({ mine: 'down', upCount: 4 })
  expect(shownAfter(view({ mine: 'up' }), null)).toMatchObject({ mine: null, upCount: 4 })
  expect(shownAfter(view({ mine: 'up', upCount: 0 }), null)).toMatchObject({ upCount: 0 })
})
