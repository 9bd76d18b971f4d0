import { fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import { type Draft, draftOf, emptyCharge, planOf, type TrialDraft, trialOf } from './draft.ts'
import { presetNames, presets } from './presets.ts'

const charge = { ...emptyCharge('piece'), firstFeeText: '8', furtherFeeText: '2.5' }
const draft = (changes: Partial<Draft> = {}): Draft => ({
  ...{ name: '普通', chargeBy: 'piece', rules: [], elsewhere: charge },
  ...changes,
})
const problemsOf = (some: Draft) => {
  const checked = planOf(some)
  return 'problems' in checked ? checked.problems : null
}

test.each(presetNames)('the price table %s reads the same from its form', name => {
  const plan = { name: '模板', ...presets[name] }
  expect(planOf(draftOf(plan))).toEqual({ plan })
})

test('a typed template is a plan', () => {
  const rules = [{ regions: ['65'], charge: null }]
  expect(planOf(draft({ rules }))).toEqual({
    plan: {
      ...{ name: '普通', chargeBy: 'piece', rules },
      elsewhere: {
        ...{ firstUnits: 1, firstFen: 800, furtherUnits: 1, furtherFen: 250 },
        ...{ freeFromFen: null, freeFromCount: null },
      },
    },
  })
})

test.each<[string, Partial<Draft>, object]>([
  ['no name', { name: ' ' }, { name: 'name' }],
  ['no fee', { elsewhere: emptyCharge('piece') }, { elsewhere: 'charge' }],
  ['no units', { elsewhere: { ...charge, furtherUnitsText: '0' } }, { elsewhere: 'charge' }],
  [
    'a threshold that is no number',
    { elsewhere: { ...charge, freeFromText: 'x' } },
    { elsewhere: 'charge' },
  ],
  ['no region', { rules: [{ regions: [], charge }] }, { rules: { 0: 'regions' } }],
  [
    'a region twice',
    {
      rules: [
        { regions: ['33'], charge },
        { regions: ['31', '33'], charge: null },
      ],
    },
    { rules: { 0: 'clash', 1: 'clash' } },
  ],
])('the form says where it is wrong: %s', (_, changes, problems) => {
  expect(problemsOf(draft(changes))).toEqual(problems)
})

test('a template can be tried out before it has a name', () => {
  const trial: TrialDraft = {
    ...{ regionCode: '330106', quantityText: '3', amountText: '10' },
    ...{ weightText: '0', volumeText: '0' },
  }
  expect(trialOf(draft({ name: '' }), trial)).toEqual({ costFen: fen(1_300) })
  expect(trialOf(draft({ elsewhere: null }), trial)).toEqual({ costFen: null })
  expect(trialOf(draft(), { ...trial, regionCode: '' })).toBeNull()
  expect(trialOf(draft(), { ...trial, quantityText: '' })).toBeNull()
})
