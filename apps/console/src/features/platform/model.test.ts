import { expect, test } from 'vitest'
import { actorQuery, detailText, shortId } from './model.ts'

const id = '019e5f3c-89ab-7000-8000-0123456789ab'

test('everybody is shown without a filter, one person with theirs', () => {
  expect(actorQuery('')).toEqual({})
  expect(actorQuery(id)).toEqual({ actorId: id })
})

test('what is no id is not sent', () => {
  expect(actorQuery('阿岚')).toBeNull()
  expect(actorQuery(id.slice(1))).toBeNull()
})

test('people are told apart by the end of their id', () => {
  expect(shortId(id)).toBe('…456789ab')
})

test('details are readable', () => {
  expect(detailText({ state: 'paid' })).toBe('{\n  "state": "paid"\n}')
})
