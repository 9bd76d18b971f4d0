import type { Promotion, PromotionGoods, PromotionRules } from '@kaibo/contract/offer/promotion'
import { basisPoints, fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import {
  copyOf,
  type Draft,
  draftOf,
  emptyDraft,
  emptyTier,
  type GoodsRow,
  inTreeOrder,
} from './draft.ts'
import { planOf } from './plan.ts'

const now = new Date('2026-11-22T10:20:00.000Z')
const goods = (skuId: string): PromotionGoods => ({
  ...{ skuId, productId: `p-${skuId}`, title: '岩茶', spec: {}, pictureUrl: null },
  listPriceFen: fen(10_000),
  available: 3,
})
const row = (skuId: string, text: string): GoodsRow => ({ ...goods(skuId), text })
const draft = (changes: Partial<Draft> & Pick<Draft, 'kind'>): Draft => ({
  ...emptyDraft(changes.kind, now),
  title: '周末',
  ...changes,
})
const rulesOf = (some: Draft) => {
  const checked = planOf(some)
  return 'plan' in checked ? checked.plan.rules : checked.problems
}

test('a new promotion begins at the next full hour', () => {
  const { startsText, endsText } = emptyDraft('bundle', now)
  expect(new Date(startsText).toISOString()).toBe('2026-11-22T11:00:00.000Z')
  expect(new Date(endsText).toISOString()).toBe('2026-11-29T11:00:00.000Z')
})

const all = { only: 'all' as const, ids: [] }
const whole: PromotionRules[] = [
  {
    kind: 'limited_discount',
    items: [{ skuId: 'a', priceFen: fen(8_850) }],
    share: { scope: { only: 'products', ids: ['p'] }, offBps: basisPoints(2_050) },
    stacksWithMember: true,
  },
  {
    kind: 'bundle',
    items: [
      { skuId: 'a', quantity: 1 },
      { skuId: 'b', quantity: 2 },
    ],
    priceFen: fen(9_900),
  },
  {
    kind: 'buy_gift',
    scope: { only: 'brands', ids: ['x'] },
    buyCount: 2,
    timesMax: 3,
    gifts: [{ skuId: 'b', quantity: 1 }],
  },
  {
    kind: 'full_reduction',
    scope: all,
    by: 'amount',
    repeats: false,
    tiers: [
      { threshold: 10_000, off: { fen: fen(1_000) }, gifts: [] },
      { threshold: 20_000, off: { bps: basisPoints(1_500), maxFen: fen(5_000) }, gifts: [] },
      { threshold: 30_000, off: null, gifts: [{ skuId: 'b', quantity: 2 }] },
    ],
  },
  {
    kind: 'full_reduction',
    scope: all,
    by: 'count',
    repeats: true,
    tiers: [{ threshold: 3, off: { fen: fen(500) }, gifts: [] }],
  },
]

test.each(whole.map(rules => [rules.kind, rules] as const))(
  'a %s that was saved reads the same from its form',
  (_, rules) => {
    const window = { startsAt: '2026-11-22T12:00:00.000Z', endsAt: '2026-11-23T12:00:00.000Z' }
    const saved: Promotion = {
      ...{ id: 'i', title: '周末', rules, ...window, state: 'draft' },
      ...{ createdAt: window.startsAt, endedAt: null, now: now.toISOString() },
    }
    const names = { goods: [goods('a'), goods('b')], products: [{ id: 'p', title: '岩茶' }] }
    expect(planOf(draftOf(saved, names))).toEqual({ plan: { title: '周末', rules, ...window } })
    expect(planOf(copyOf(saved, names))).toMatchObject({
      plan: { rules, startsAt: '2026-11-22T11:00:00.000Z' },
    })
  },
)

test.each<[string, Draft, string[]]>([
  ['no title', draft({ kind: 'bundle', title: ' ' }), ['title', 'items', 'price']],
  ['no goods', draft({ kind: 'limited_discount' }), ['items']],
  ['no price', draft({ kind: 'limited_discount', items: [row('a', '')] }), ['items']],
  ['no share', draft({ kind: 'limited_discount', hasShare: true }), ['percent']],
  [
    'nothing chosen',
    draft({
      kind: 'limited_discount',
      hasShare: true,
      percentText: '100',
      scope: { only: 'tags', ids: [], products: [] },
    }),
    ['scope', 'percent'],
  ],
  ['a set of one', draft({ kind: 'bundle', items: [row('a', '1')], priceText: '9' }), ['items']],
  ['no gift', draft({ kind: 'buy_gift', buyCountText: '0' }), ['buyCount', 'gifts']],
  ['an empty tier', draft({ kind: 'full_reduction' }), ['tiers']],
  [
    'a tier that gives nothing',
    draft({
      kind: 'full_reduction',
      tiers: [{ ...emptyTier, thresholdText: '100', take: 'nothing' }],
    }),
    ['tiers'],
  ],
])('the form says where it is incomplete: %s', (_, some, fields) => {
  expect(Object.keys(rulesOf(some))).toEqual(fields)
})

test('it ends after it starts', () => {
  const some = draft({
    kind: 'bundle',
    items: [row('a', '1'), row('b', '1')],
    priceText: '9',
    startsText: '2026-11-22T20:00',
    endsText: '2026-11-22T20:00',
  })
  expect(planOf(some)).toEqual({ problems: { window: true } })
})

test('a tree is listed branch by branch', () => {
  const node = (id: string, parentId: string | null) => ({ id, parentId })
  const nodes = [node('a', null), node('b', null), node('a1', 'a'), node('b1', 'b')]
  expect(inTreeOrder(nodes).map(({ id }) => id)).toEqual(['a', 'a1', 'b', 'b1'])
})
