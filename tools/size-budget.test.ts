import { expect, test } from 'vitest'
import { type Budget, budgetProblem, type Manifest } from './size-budget.ts'

const manifest: Manifest = {
  'index.html': { file: 'main.js', imports: ['_react.js'] },
  '_react.js': { file: 'react.js' },
  'src/room/page.tsx': { file: 'room.js', imports: ['_react.js'] },
  'mpegts.js': { file: 'mpegts.js' },
  'hls.js': { file: 'hls.js' },
}
const bytes: Record<string, number> = {
  'main.js': 10_000,
  'react.js': 50_000,
  'room.js': 20_000,
  'mpegts.js': 40_000,
  'hls.js': 70_000,
}
const problem = (budget: Budget) =>
  budgetProblem(budget, { manifest, sizeOf: file => bytes[file] ?? 0 })

test('a route costs its entry and what the entry imports', () => {
  expect(problem({ route: 'feed', kbMax: 60 })).toBeUndefined()
  expect(problem({ route: 'feed', kbMax: 59 })).toBe('feed: 60.0 KB of JavaScript, at most 59')
})

test('shared chunks count once, and of the players the heaviest', () => {
  const room = { route: 'room', lazy: [/room\/page/], oneOf: [/^mpegts/, /^hls/] }
  expect(problem({ ...room, kbMax: 150 })).toBeUndefined()
  expect(problem({ ...room, kbMax: 149 })).toMatch('150.0 KB')
})

test('a chunk that cannot be found is a problem, not a zero', () => {
  expect(problem({ route: 'room', kbMax: 999, lazy: [/cinema/] })).toMatch('no chunk')
})
