import type { ProductCard } from '@kaibo/contract/goods/catalog'
import { fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import { movable, priceChangeOf, shelfTabOf, shelfTargetOf, shownTabs } from './model.ts'

const card = (id: string, state: ProductCard['state']): ProductCard => ({
  id,
  shopId: 'shop',
  title: id,
  subtitle: '',
  pictureUrl: null,
  state,
  priceFromFen: fen(100),
  priceToFen: fen(100),
  strikeFen: null,
  categoryId: null,
  brandId: null,
  isVirtual: false,
  available: 1,
  skuCount: 1,
})

test('a draft goes on the shelf, what is on it comes off', () => {
  expect(shelfTargetOf({ state: 'draft' })).toBe('on_shelf')
  expect(shelfTargetOf({ state: 'off_shelf' })).toBe('on_shelf')
  expect(shelfTargetOf({ state: 'on_shelf' })).toBe('off_shelf')
})

test('many at once: only those that would change are moved', () => {
  const cards = [card('a', 'draft'), card('b', 'on_shelf')]
  expect(movable(cards, 'on_shelf').map(({ id }) => id)).toEqual(['a'])
  expect(movable(cards, 'off_shelf').map(({ id }) => id)).toEqual(['b'])
})

test('an unknown state in the address shows all products', () => {
  expect(shelfTabOf('gone')).toBe('all')
})

test('the tabs of the review are shown while something is in them', () => {
  const none = { draft: 0, in_review: 0, approved: 0, rejected: 0, on_shelf: 0, off_shelf: 0 }
  expect(shownTabs(none)).toEqual(['all', 'on_shelf', 'off_shelf', 'draft'])
  expect(shownTabs({ ...none, rejected: 1 })).toContain('rejected')
})

test('a change of prices is percent or yuan, up or down', () => {
  expect(priceChangeOf('lessPercent', '10')).toEqual({ priceBps: -1_000 })
  expect(priceChangeOf('morePercent', '2.5%')).toEqual({ priceBps: 250 })
  expect(priceChangeOf('lessYuan', '3')).toEqual({ priceDeltaFen: -300 })
  for (const nothing of ['', '0', 'x']) expect(priceChangeOf('moreYuan', nothing)).toBeNull()
  expect(priceChangeOf('lessPercent', '100')).toBeNull()
})
