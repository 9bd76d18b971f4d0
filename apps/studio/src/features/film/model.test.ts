import { expect, test } from 'vitest'
import { clipMsMax, movedEnd, type Plan, planAt, planOf, planProblem, titleMax } from './model.ts'

const film = 600_000
const plan = (fromMs: number, toMs: number): Plan => ({
  ...{ title: '龙井', productId: null, mode: 'copy', fromMs, toMs },
})

test('a new clip is half a minute from where the film stands, up to its end', () => {
  expect(planAt(60_000, film)).toMatchObject({ fromMs: 60_000, toMs: 90_000 })
  expect(planAt(590_000, film)).toMatchObject({ fromMs: 590_000, toMs: film })
  expect(planAt(film, film)).toMatchObject({ fromMs: film - 1_000, toMs: film })
})

test('the other end goes along where a clip would be empty or too long', () => {
  expect(movedEnd(plan(0, 10_000), { end: 'from', ms: 9_900 }, film)).toMatchObject({
    toMs: 10_900,
  })
  expect(movedEnd(plan(0, 10_000), { end: 'to', ms: 300_000 }, film)).toMatchObject({
    ...{ fromMs: 300_000 - clipMsMax, toMs: 300_000 },
  })
  expect(movedEnd(plan(0, 10_000), { end: 'to', ms: 900_000 }, film)).toMatchObject({ toMs: film })
  expect(movedEnd(plan(5_000, 10_000), { end: 'from', ms: -5 }, film)).toMatchObject({ fromMs: 0 })
})

test('an explanation becomes a clip of its product, with a title that fits', () => {
  const title = '长'.repeat(60)
  const made = planOf({ title, productId: 'tea', fromMs: 1_000, toMs: 9_000 })
  expect(made).toMatchObject({ productId: 'tea', mode: 'copy' })
  expect(made.title).toHaveLength(titleMax)
  expect(planProblem(made)).toBeNull()
})

test('a clip needs a title', () => {
  expect(planProblem({ ...plan(0, 10_000), title: '  ' })).toBe('title')
})
