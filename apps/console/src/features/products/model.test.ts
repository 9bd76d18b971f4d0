import type { ProductCard } from '@kaibo/contract/catalog'
import { fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import { movable, shelfTabOf, shelfTargetOf } from './model.ts'

const card = (id: string, state: ProductCard['state']): ProductCard => ({
  id,
  shopId: 'shop',
  title: id,
  subtitle: '',
  pictureUrl: null,
  state,
  priceFromFen: fen(100),
  priceToFen: fen(100),
  available: 1,
  skuCount: 1,
})

test('a draft goes on the shelf, what is on it comes off', () => {
  expect(shelfTargetOf({ state: 'draft' })).toBe('on_shelf')
  expect(shelfTargetOf({ state: 'off_shelf' })).toBe('on_shelf')
  expect(shelfTargetOf({ state: 'on_shelf' })).toBe('off_shelf')
})

test('many at once: only the ticked ones that would change are moved', () => {
  const cards = [card('a', 'draft'), card('b', 'on_shelf'), card('c', 'off_shelf')]
  expect(movable(cards, ['a', 'b'], 'on_shelf').map(({ id }) => id)).toEqual(['a'])
  expect(movable(cards, ['a', 'b'], 'off_shelf').map(({ id }) => id)).toEqual(['b'])
})

test('an unknown state in the address shows all products', () => {
  expect(shelfTabOf('gone')).toBe('all')
})
