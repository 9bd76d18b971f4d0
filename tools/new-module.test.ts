import { expect, test } from 'vitest'
import { moduleFiles } from './new-module.ts'
import { shapeProblems } from './shape.ts'

test('a new module passes the shape guard', () => {
  const files = Object.entries(moduleFiles('cart')).map(([name, text]): [string, string] => [
    `modules/cart/${name}`,
    text,
  ])
  expect(
    shapeProblems(new Map(files), { exceptionsMax: 0, smallestMax: 0, exceptions: [] }),
  ).toEqual([])
})
