import { expect, test } from 'vitest'
import { type Draft, emptyDraft, type ItemDraft, itemOf, planOf } from './model.ts'

const item: ItemDraft = {
  skuId: 'a',
  title: '龙井',
  specText: '50 g',
  pictureUrl: null,
  listPriceFen: 6_800,
  available: 10,
  priceText: '49',
  quotaText: '5',
  limitText: '',
}
const sound: Draft = {
  ...emptyDraft(new Date('2026-11-22T04:10:00Z')),
  title: '秒杀',
  items: [item],
}

test('a new sale runs for two hours from the next full one', () => {
  expect(planOf(sound)).toMatchObject({
    plan: {
      startsAt: '2026-11-22T05:00:00.000Z',
      endsAt: '2026-11-22T07:00:00.000Z',
      items: [{ skuId: 'a', priceFen: 4_900, quota: 5, perPersonMax: null }],
    },
  })
})

test.each<[string, Partial<ItemDraft>]>([
  ['no price', { priceText: '' }],
  ['the price of the shelf', { priceText: '68' }],
  ['no quota', { quotaText: '0' }],
  ['a limit above the quota', { limitText: '6' }],
  ['a limit of nothing', { limitText: '0' }],
])('a row with %s is not whole', (_, change) => {
  expect(itemOf({ ...item, ...change })).toBeNull()
  expect(planOf({ ...sound, items: [{ ...item, ...change }] })).toEqual({
    problems: { items: true },
  })
})

test('everything that is missing is told at once', () => {
  expect(planOf({ ...sound, title: ' ', endsText: sound.startsText, items: [] })).toEqual({
    problems: { title: true, window: true, items: true },
  })
})
