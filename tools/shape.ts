import { dirname } from 'node:path'
import { type Breach, type Exceptions, heldAgainst, readExceptions } from './lib/exceptions.ts'
import { type Files, isCode, isTest, readRepo, repoRoot, report } from './lib/repo.ts'
import {
  type FunctionFact,
  functionsOf,
  looseTypesOf,
  parseSource,
  suppressionsOf,
} from './lib/source.ts'

const limits = {
  'file lines': 300,
  'test file lines': 500,
  'function lines': 60,
  'closure lines': 150,
  params: 3,
  'folder files': 14,
  'module lines': 1_500,
} as const

type Rule = keyof typeof limits | 'loose type' | 'suppression' | 'module part'

/** Every breach of the size and shape rules, without regard to exceptions. */
export function breachesOf(files: Files): Breach[] {
  const code = [...files].filter(([path]) => isCode(path))
  return [...code.flatMap(fileBreaches), ...folderBreaches(code), ...moduleBreaches(files)]
}

/** What is to be reported: breaches without an exception, and exceptions that are out of order. */
export const shapeProblems = (files: Files, exceptions: Exceptions): string[] =>
  heldAgainst(breachesOf(files), exceptions)

type Entry = readonly [path: string, text: string]

const lineCount = (text: string) => text.trimEnd().split('\n').length

function over(rule: keyof typeof limits, at: string, value: number): Breach[] {
  const text = `${at}: ${value} ${rule}, at most ${limits[rule]}`
  return value > limits[rule] ? [{ rule, at, value, text }] : []
}

function fileBreaches([path, text]: Entry): Breach[] {
  const source = parseSource(path, text)
  const found = (rule: Rule, list: readonly { line: number; what: string }[]) =>
    list.map(({ line, what }) => ({ rule, at: path, value: 1, text: `${path}:${line}: ${what}` }))
  return [
    ...over(isTest(path) ? 'test file lines' : 'file lines', path, lineCount(text)),
    ...functionsOf(source).flatMap(fact => functionBreaches(path, fact)),
    ...found('suppression', suppressionsOf(source)),
    ...(isModuleCode(path) ? found('loose type', looseTypesOf(source)) : []),
  ]
}

function functionBreaches(path: string, fact: FunctionFact): Breach[] {
  const at = `${path}#${fact.name}`
  const tooLong = over('function lines', at, fact.ownLineCount)
  return [
    ...(tooLong.length > 0 ? tooLong : over('closure lines', at, fact.lineCount)),
    // The callback of a test table takes one parameter per column.
    ...(isTest(path) ? [] : over('params', at, fact.paramCount)),
  ]
}

const isModuleCode = (path: string) => path.startsWith('modules/') && !isTest(path)

function folderBreaches(code: readonly Entry[]): Breach[] {
  const production = code.filter(([path]) => !isTest(path))
  return [...Map.groupBy(production, ([path]) => dirname(path))].flatMap(([folder, entries]) =>
    over('folder files', folder, entries.length),
  )
}

function moduleBreaches(files: Files): Breach[] {
  const inModules = [...files].filter(([path]) => /^modules\/[^/]+\//.test(path))
  const byModule = Map.groupBy(inModules, ([path]) => path.split('/').slice(0, 2).join('/'))
  return [...byModule].flatMap(([folder, entries]) => {
    const production = entries.filter(([path]) => isCode(path) && !isTest(path))
    const lines = production.reduce((sum, [, text]) => sum + lineCount(text), 0)
    return [...missingParts(folder, entries), ...over('module lines', folder, lines)]
  })
}

function missingParts(folder: string, entries: readonly Entry[]): Breach[] {
  const paths = entries.map(([path]) => path)
  const parts = {
    'README.md': paths.includes(`${folder}/README.md`),
    'index.ts': paths.includes(`${folder}/index.ts`),
    'a test': paths.some(isTest),
  }
  return Object.entries(parts)
    .filter(([, isThere]) => !isThere)
    .map(([part]) => ({
      rule: 'module part',
      at: `${folder}/${part}`,
      value: 1,
      text: `${folder}: ${part} is missing`,
    }))
}

if (import.meta.main) report(shapeProblems(readRepo(), readExceptions(repoRoot)))
