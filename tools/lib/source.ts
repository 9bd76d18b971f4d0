import {
  type ArrowFunctionExpression,
  type EcmaScriptModule,
  type Function as FunctionNode,
  type ParamPattern,
  parseSync,
  type Span,
  Visitor,
  type VisitorObject,
} from 'oxc-parser'

/** A function or method with a body; type signatures and callbacks of `describe` are none. */
export type FunctionFact = {
  readonly name: string
  readonly line: number
  readonly lineCount: number
  /** Without the lines of the functions inside: every line counts for the innermost one. */
  readonly ownLineCount: number
  readonly paramCount: number
}

export type ImportFact = {
  readonly specifier: string
  readonly line: number
  /** `import type` or `export type`: erased, so the other file is not loaded at run time. */
  readonly typeOnly: boolean
}

/** Something in a file, at a line. */
export type Finding = { readonly line: number; readonly what: string }

type Parsed = {
  readonly text: string
  readonly module: EcmaScriptModule
  readonly comments: readonly (Span & { readonly value: string })[]
  readonly visit: (visitor: VisitorObject) => void
  readonly lineOf: (offset: number) => number
}

/** Parses one file; the functions of this module read facts from it. */
export function parseSource(path: string, text: string): Parsed {
  const { program, module, comments } = parseSync(path, text)
  const lineOf = lineFinder(text)
  return { text, module, comments, lineOf, visit: visitor => new Visitor(visitor).visit(program) }
}

/** Every function of the file, in the order in which they begin. */
export function functionsOf({ visit, lineOf }: Parsed): FunctionFact[] {
  const facts: Omit<FunctionFact, 'ownLineCount'>[] = []
  const names = new Map<unknown, string>()
  const exempt = new Set<unknown>()
  const add = (node: FunctionNode | ArrowFunctionExpression) => {
    if (node.body === null || exempt.has(node)) return
    const line = lineOf(node.start)
    const name = node.id?.name ?? names.get(node) ?? `line ${line}`
    const lineCount = lineOf(node.end) - line + 1
    facts.push({ name, line, lineCount, paramCount: node.params.filter(isRealParam).length })
  }
  visit({
    FunctionDeclaration: add,
    FunctionExpression: add,
    ArrowFunctionExpression: add,
    VariableDeclarator(node) {
      if (node.id.type === 'Identifier') names.set(node.init, node.id.name)
    },
    Property(node) {
      if (node.key.type === 'Identifier') names.set(node.value, node.key.name)
    },
    MethodDefinition(node) {
      if (node.key.type === 'Identifier') names.set(node.value, node.key.name)
    },
    CallExpression(node) {
      if (node.callee.type === 'Identifier' && node.callee.name === 'describe')
        for (const argument of node.arguments) exempt.add(argument)
    },
  })
  return facts.map(fact => ({ ...fact, ownLineCount: fact.lineCount - linesInside(fact, facts) }))
}

type Lines = Pick<FunctionFact, 'line' | 'lineCount'>

/** The first line of an inner function also belongs to the code around it. */
function linesInside(outer: Lines, all: readonly Lines[]): number {
  const end = outer.line + outer.lineCount
  const inner = all.filter(
    each => each !== outer && each.line >= outer.line && each.line + each.lineCount <= end,
  )
  const covered = inner.flatMap(each =>
    Array.from({ length: each.lineCount - 1 }, (_, index) => each.line + 1 + index),
  )
  return new Set(covered).size
}

const isRealParam = (param: ParamPattern) => !(param.type === 'Identifier' && param.name === 'this')

/** Every import, re-export, literal `import('…')` and `import('…')` type of the file. */
export function importsOf({ text, module, visit, lineOf }: Parsed): ImportFact[] {
  const facts: ImportFact[] = []
  const add = (specifier: string | undefined, at: Span, typeOnly: boolean) => {
    if (specifier !== undefined) facts.push({ specifier, line: lineOf(at.start), typeOnly })
  }
  const isErased = ({ start, end }: Span) =>
    /^(import|export)\s+type\b/.test(text.slice(start, end))
  for (const found of module.staticImports) add(found.moduleRequest.value, found, isErased(found))
  for (const found of module.staticExports)
    add(found.entries[0]?.moduleRequest?.value, found, isErased(found))
  for (const found of module.dynamicImports) add(literalAt(text, found.moduleRequest), found, false)
  visit({ TSImportType: node => add(node.source.value, node, true) })
  return facts
}

const literalAt = (text: string, { start, end }: Span) =>
  /^(['"`])([^$]*)\1$/.exec(text.slice(start, end))?.[2]

/** Where the file leaves the type checker: `any`, a cast (`as const` is none), a non-null `!`. */
export function looseTypesOf({ visit, lineOf }: Parsed): Finding[] {
  const findings: Finding[] = []
  const add = (what: string) => (at: Span) => findings.push({ line: lineOf(at.start), what })
  visit({
    TSAnyKeyword: add('any'),
    TSTypeAssertion: add('cast'),
    TSNonNullExpression: add('non-null !'),
    TSAsExpression(node) {
      const target = node.typeAnnotation
      const isConst =
        target.type === 'TSTypeReference' &&
        target.typeName.type === 'Identifier' &&
        target.typeName.name === 'const'
      if (!isConst) add('cast')(node)
    },
  })
  return findings
}

/** Comments that silence the compiler or the linter. */
export const suppressionsOf = ({ comments, lineOf }: Parsed): Finding[] =>
  comments
    .filter(({ value }) => /^[\s*]*(@ts-(ignore|expect-error|nocheck)|biome-ignore)/.test(value))
    .map(({ start }) => ({ line: lineOf(start), what: 'suppression' }))

function lineFinder(text: string): (offset: number) => number {
  const starts = [0, ...Array.from(text.matchAll(/\n/g), match => match.index + 1)]
  return offset => {
    let low = 0
    let high = starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    return low
  }
}
