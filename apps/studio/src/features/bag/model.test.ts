import { expect, test } from 'vitest'
import {
  addProducts,
  bagItemsMax,
  explained,
  foundItems,
  matching,
  moveItem,
  newerBag,
  nextInBag,
  rearranged,
  removeProduct,
  saleProblem,
  wishOfKey,
} from './model.ts'
import { bagOf, card, listed } from './testing.ts'

const bag = bagOf('tea', 'cup', 'pot')

test('a product that moves takes the number of its new place', () => {
  expect(listed({ items: moveItem(bag.items, 2, 0) })).toBe('1 pot, 2 tea, 3 cup')
  expect(listed({ items: moveItem(bag.items, 0, 1) })).toBe('1 cup, 2 tea, 3 pot')
})

test('moving past either end stops at the end', () => {
  expect(listed({ items: moveItem(bag.items, 0, -1) })).toBe('1 tea, 2 cup, 3 pot')
  expect(listed({ items: moveItem(bag.items, 0, 9) })).toBe('1 cup, 2 pot, 3 tea')
})

test('added products come last and never twice', () => {
  const items = addProducts(bag.items, [card('cup'), card('tray')])
  expect(listed({ items })).toBe('1 tea, 2 cup, 3 pot, 4 tray')
})

test('a full bag takes no more', () => {
  const many = Array.from(Array(bagItemsMax + 5).keys(), place => card(`p${place}`))
  expect(addProducts([], many)).toHaveLength(bagItemsMax)
})

test('the products behind a removed one move up', () => {
  expect(listed({ items: removeProduct(bag.items, 'tea') })).toBe('1 cup, 2 pot')
})

test('explaining another product replaces the one before', () => {
  const first = explained(bag, 'tea', 0)
  const second = explained(first, 'cup', 60_000)
  expect(second.explaining?.item.product.title).toBe('cup')
  expect(second.explaining?.since).toBe('1970-01-01T00:01:00.000Z')
  expect(explained(second, null, 0).explaining).toBeNull()
})

test('explaining the same product again keeps its clock running', () => {
  const first = explained(bag, 'tea', 0)
  expect(explained(first, 'tea', 60_000).explaining?.since).toBe('1970-01-01T00:00:00.000Z')
})

test('an explanation follows its product to a new number and ends when it leaves', () => {
  const explaining = explained(bag, 'pot', 0)
  const moved = rearranged(explaining, moveItem(bag.items, 2, 0))
  expect(moved.explaining?.item.number).toBe(1)
  expect(rearranged(explaining, removeProduct(bag.items, 'pot')).explaining).toBeNull()
})

test('an older state of the bag never replaces a newer one', () => {
  const newer = { ...bag, version: 2 }
  expect(newerBag(bag, newer)).toBe(newer)
  expect(newerBag(newer, bag)).toBe(newer)
  const restocked = { ...bag }
  expect(newerBag(restocked, bag)).toBe(restocked)
})

test('number keys explain the product said aloud, 0 stops, others mean nothing', () => {
  expect(wishOfKey('2', bag.items)).toEqual({ explainId: 'cup' })
  expect(wishOfKey('0', bag.items)).toEqual({ explainId: null })
  expect(wishOfKey('9', bag.items)).toBeUndefined()
  expect(wishOfKey('a', bag.items)).toBeUndefined()
})

test('sold out and off the shelf are told apart', () => {
  expect(saleProblem({ state: 'on_shelf', available: 3 })).toBeNull()
  expect(saleProblem({ state: 'on_shelf', available: 0 })).toBe('soldOut')
  expect(saleProblem({ state: 'off_shelf', available: 3 })).toBe('offShelf')
})

test('products are found by words of title or subtitle, in any case', () => {
  const cards = [card('Green Tea'), { ...card('Cup'), subtitle: '适合 tea' }, card('茶盘')]
  expect(matching(cards, 'TEA').map(({ title }) => title)).toEqual(['Green Tea', 'Cup'])
  expect(matching(cards, '茶').map(({ title }) => title)).toEqual(['茶盘'])
  expect(matching(cards, '')).toHaveLength(3)
})

test('a search finds the number said aloud, or words of the title', () => {
  expect(foundItems(bag.items, '2').map(({ product }) => product.title)).toEqual(['cup'])
  expect(foundItems(bag.items, 'PO').map(({ product }) => product.title)).toEqual(['pot'])
  expect(foundItems(bag.items, ' ')).toHaveLength(bag.items.length)
})

test('next comes the product after the explained one, first the first, and nothing after the last', () => {
  expect(nextInBag(bag)?.product.title).toBe('tea')
  expect(nextInBag(explained(bag, 'tea', 0))?.product.title).toBe('cup')
  expect(nextInBag(explained(bag, 'pot', 0))).toBeUndefined()
})
