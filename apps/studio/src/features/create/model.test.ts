import { expect, test } from 'vitest'
import { coverBytesMax, coverProblem } from './model.ts'

test('a cover is a JPEG, PNG or WebP of at most five mebibytes', () => {
  expect(coverProblem({ type: 'image/webp', size: coverBytesMax })).toBeNull()
  expect(coverProblem({ type: 'image/png', size: coverBytesMax + 1 })).toBe('cover.tooLarge')
  expect(coverProblem({ type: 'image/gif', size: 10 })).toBe('cover.wrongType')
})
