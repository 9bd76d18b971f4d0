import { expect, test } from 'vitest'
import { boundaryProblems } from './boundaries.ts'

const manifests = {
  'packages/kernel/package.json': '{"name":"@kaibo/kernel","exports":{"./*":"./src/*.ts"}}',
  'packages/db/package.json': '{"name":"@kaibo/db","exports":{"./*":"./src/*.ts"}}',
  'packages/ui/package.json': '{"name":"@kaibo/ui","exports":{"./*.tsx":"./src/*.tsx"}}',
  'modules/package.json': '{"name":"@kaibo/modules","exports":{"./*":"./*/index.ts"}}',
}
const map = { order: ['stock'], stock: [] }
const problemsIn = (path: string, text: string) =>
  boundaryProblems(new Map(Object.entries({ ...manifests, [path]: text })), map)

test('imports follow the direction of the zones', () => {
  expect(problemsIn('modules/order/a.ts', "import { a } from '@kaibo/db/database'")).toEqual([])
  expect(problemsIn('packages/kernel/src/a.ts', "import { a } from '@kaibo/db/database'")).toEqual([
    'packages/kernel/src/a.ts:1: @kaibo/db/database: packages/kernel may not import it',
  ])
})

test('the web sees neither modules nor the database, not even their types', () => {
  for (const target of ['@kaibo/modules/order', '@kaibo/db/database'])
    expect(problemsIn('apps/shop/src/a.tsx', `import type { A } from '${target}'`)).toHaveLength(1)
  expect(
    problemsIn('apps/shop/src/a.tsx', "import { Button } from '@kaibo/ui/button.tsx'"),
  ).toEqual([])
})

test('kernel imports nothing, and what runs in browsers no Node', () => {
  expect(problemsIn('packages/kernel/src/a.ts', "import ms from 'ms'")).toHaveLength(1)
  expect(problemsIn('packages/client/src/a.ts', "import fs from 'node:fs'")).toHaveLength(1)
  expect(problemsIn('packages/client/src/a.test.ts', "import fs from 'node:fs'")).toEqual([])
})

test('a module knows others by the types of their face, if the map says so', () => {
  const problem = (text: string, path = 'modules/order/a.ts') => problemsIn(path, text)[0]
  expect(problem("import type { Stock } from '@kaibo/modules/stock'")).toBeUndefined()
  expect(problem("import type { Stock } from '../stock/index.ts'")).toBeUndefined()
  expect(problem("import { createStock } from '../stock/index.ts'")).toMatch('use import type')
  expect(problem("import { type Stock } from '../stock/index.ts'")).toMatch('use import type')
  expect(problem("const a = await import('../stock/index.ts')")).toMatch('use import type')
  expect(problem("import type { Row } from '../stock/store.ts'")).toMatch('only the face')
  expect(problem("let a: import('../stock/store.ts').Row")).toMatch('only the face')
  expect(problem("export type * from '../order/index.ts'", 'modules/stock/a.ts')).toMatch(
    'does not let stock know order',
  )
})

test('a test supplies a module with the real things', () => {
  const text = "import { createStock } from '../stock/index.ts'"
  expect(problemsIn('modules/order/order.test.ts', text)).toEqual([])
  expect(problemsIn('modules/order/order.test.ts', "import '../stock/store.ts'")).toHaveLength(1)
})

test('only the server loads faces', () => {
  const text = "import { createStock } from '@kaibo/modules/stock'"
  expect(problemsIn('apps/server/src/compose.ts', text)).toEqual([])
  expect(problemsIn('providers/a/index.ts', text)[0]).toMatch('use import type')
})

test('another zone is not reached by a path', () => {
  expect(
    problemsIn('apps/server/src/a.ts', "import '../../../packages/kernel/src/ids.ts'"),
  ).toEqual([expect.stringContaining('imported by its package name')])
})

test('files that load each other in a circle are found, by types they may meet', () => {
  const circle = (kind: string) =>
    new Map([
      ['modules/order/a.ts', "export * from './b.ts'"],
      ['modules/order/b.ts', `export ${kind} * from './a.ts'`],
    ])
  expect(boundaryProblems(circle(''), map)).toEqual([
    'import cycle: modules/order/a.ts → modules/order/b.ts → modules/order/a.ts',
  ])
  expect(boundaryProblems(circle('type'), map)).toEqual([])
})

test('the map lists every module and has no circle', () => {
  expect(problemsIn('modules/cart/index.ts', '')).toEqual(['modules/map.ts: cart is missing'])
  expect(boundaryProblems(new Map(), { a: ['b'], b: ['a'] })).toEqual([
    'modules/map.ts: cycle a → b → a',
  ])
})
