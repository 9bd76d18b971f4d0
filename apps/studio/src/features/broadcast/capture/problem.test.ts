import { expect, test } from 'vitest'
import { abilityProblem, captureProblemOf } from './problem.ts'

test.each([
  ['NotAllowedError', 'denied'],
  ['NotFoundError', 'noCamera'],
  ['OverconstrainedError', 'noCamera'],
  ['NotReadableError', 'inUse'],
  ['SomethingNew', 'failed'],
] as const)('what a browser calls %s is told as %s', (name, problem) => {
  expect(captureProblemOf(new DOMException('', name))).toBe(problem)
})

test('a page without TLS is told so before the browser is blamed', () => {
  const able = { isSecure: true, hasCamera: true, canSend: true }
  expect(abilityProblem(able)).toBeNull()
  expect(abilityProblem({ ...able, canSend: false })).toBe('unsupported')
  expect(abilityProblem({ isSecure: false, hasCamera: false, canSend: true })).toBe('insecure')
})
