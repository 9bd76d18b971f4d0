import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { heldAgainst, readExceptions } from './lib/exceptions.ts'
import { git } from './lib/repo.ts'
import { breachesOf, shapeProblems } from './shape.ts'

const none = { exceptionsMax: 0, smallestMax: 0, exceptions: [] }
const problemsIn = (files: Record<string, string>) =>
  shapeProblems(new Map(Object.entries(files)), none)
const lines = (count: number) => 'x()\n'.repeat(count)

test('a file may have 300 lines, a test 500', () => {
  expect(problemsIn({ 'a/a.ts': lines(300), 'a/a.test.ts': lines(500) })).toEqual([])
  expect(problemsIn({ 'a/a.ts': lines(301) })).toEqual(['a/a.ts: 301 file lines, at most 300'])
  expect(problemsIn({ 'a/a.test.ts': lines(501) })).toHaveLength(1)
})

test('a function may have 60 lines, whatever its kind', () => {
  const body = `{\n${lines(59)}}`
  expect(problemsIn({ 'a.ts': `function long() ${body}` })).toEqual([
    'a.ts#long: 61 function lines, at most 60',
  ])
  expect(problemsIn({ 'a.ts': `const long = () => ${body}` })[0]).toMatch('a.ts#long')
  expect(problemsIn({ 'a.ts': `class A { long() ${body} }` })[0]).toMatch('a.ts#long')
  expect(problemsIn({ 'a.test.ts': `describe('long', () => ${body})` })).toEqual([])
})

test('lines of inner functions are their own; the closure around them may have 150', () => {
  const inner = (name: string) => `const ${name} = () => {\n${lines(50)}}\n`
  const outer = (names: string[]) => `function outer() {\n${names.map(inner).join('')}}`
  expect(problemsIn({ 'a.ts': outer(['a', 'b']) })).toEqual([])
  expect(problemsIn({ 'a.ts': outer(['a', 'b', 'c']) })).toEqual([
    'a.ts#outer: 158 closure lines, at most 150',
  ])
  const oneLiners = 'xs.map(x => x)\n'.repeat(60)
  expect(problemsIn({ 'a.ts': `function f() {\n${oneLiners}}` })).toHaveLength(1)
})

test('a function may have three parameters, and `this` is none', () => {
  expect(problemsIn({ 'a.ts': 'function f(this: A, b: B, c: C, d: D) {}' })).toEqual([])
  expect(problemsIn({ 'a.ts': 'const f = (a, b, c, d) => a' })).toEqual([
    'a.ts#f: 4 params, at most 3',
  ])
})

test('a folder may hold 14 files besides tests', () => {
  const files = Object.fromEntries(
    Array.from({ length: 15 }, (_, n) => [
      [`a/f${n}.ts`, ''],
      [`a/f${n}.test.ts`, ''],
    ]).flat(),
  )
  expect(problemsIn(files)).toEqual(['a: 15 folder files, at most 14'])
})

test('a module has a README, a face and a test, and at most 1,500 lines', () => {
  const parts = { 'modules/a/README.md': '', 'modules/a/index.ts': '', 'modules/a/a.test.ts': '' }
  expect(problemsIn(parts)).toEqual([])
  expect(problemsIn({ 'modules/a/rules.ts': '' })).toHaveLength(3)
  const long = Object.fromEntries([1, 2, 3, 4, 5, 6].map(n => [`modules/a/f${n}.ts`, lines(251)]))
  expect(problemsIn({ ...parts, ...long })).toEqual(['modules/a: 1507 module lines, at most 1500'])
})

test('modules do not leave the type checker; their tests may cast', () => {
  const text = 'let a: any\nconst b = c as D\nconst e = f!\nconst g = <H>i\nconst j = [] as const'
  const rules = breachesOf(new Map([['modules/a/a.ts', text]])).filter(b => b.rule === 'loose type')
  expect(rules.map(breach => breach.text)).toEqual([
    'modules/a/a.ts:1: any',
    'modules/a/a.ts:2: cast',
    'modules/a/a.ts:3: non-null !',
    'modules/a/a.ts:4: cast',
  ])
  expect(problemsIn({ 'packages/a/a.ts': text })).toEqual([])
})

test('nothing is suppressed anywhere', () => {
  const word = ['@ts', 'expect-error'].join('-')
  expect(problemsIn({ 'a.ts': `// ${word}\nf()` })).toEqual(['a.ts:1: suppression'])
})

test('an exception covers its breach up to its limit, and must be needed and reasoned', () => {
  const breach = { rule: 'file lines', at: 'a.ts', value: 320, text: 'a.ts is long' }
  const exception = { rule: 'file lines', at: 'a.ts', limit: 330, reason: 'a table' }
  const list = (...exceptions: (typeof exception)[]) => ({
    exceptionsMax: 1,
    smallestMax: 1,
    exceptions,
  })
  expect(heldAgainst([breach], list(exception))).toEqual([])
  expect(heldAgainst([{ ...breach, value: 331 }], list(exception))).toEqual(['a.ts is long'])
  expect(heldAgainst([], list(exception))[0]).toMatch('no longer needs')
  expect(heldAgainst([breach], list({ ...exception, reason: '' }))[0]).toMatch('no reason')
})

test('the list of exceptions only shrinks, also over commits', () => {
  const root = mkdtempSync(join(tmpdir(), 'kaibo-shape-'))
  const save = (exceptionsMax: number) =>
    writeFileSync(join(root, 'shape.json'), JSON.stringify({ exceptionsMax, exceptions: [] }))
  const commit = ['-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-qm', 'x']
  git(root, 'init', '-q')
  for (const count of [3, 1]) {
    save(count)
    git(root, 'add', '.')
    git(root, ...commit)
  }
  save(2)
  expect(heldAgainst([], readExceptions(root))).toEqual([
    'shape.json: exceptionsMax was 1 already and may only shrink',
  ])
  rmSync(root, { recursive: true })
})
