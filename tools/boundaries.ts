import { map } from '../modules/map.ts'
import { cyclesIn } from './lib/cycles.ts'
import { type Files, isCode, isTest, readRepo, report } from './lib/repo.ts'
import { createResolve } from './lib/resolve.ts'
import { importsOf, parseSource } from './lib/source.ts'
import { onlookers, testImports, zoneOf, zones } from './lib/zones.ts'

/** Which module may know which others. */
export type ModuleMap = Readonly<Record<string, readonly string[]>>

type Import = {
  readonly from: string
  /** The file of the repository, or undefined for a package of npm or Node. */
  readonly to: string | undefined
  readonly specifier: string
  readonly typeOnly: boolean
  readonly line: number
}

/** Imports that go against the direction of the zones, past a face, outside the map, or in a circle. */
export function boundaryProblems(files: Files, modules: ModuleMap): string[] {
  const imports = importsIn(files)
  const refused = imports.flatMap(each => {
    const reason = refusal(each, modules)
    return reason ? [`${each.from}:${each.line}: ${each.specifier}: ${reason}`] : []
  })
  const nextOf = Map.groupBy(imports.filter(isLoaded), each => each.from)
  const cycles = cyclesIn([...nextOf.keys()], path => nextOf.get(path)?.map(pathOfTarget) ?? [])
  return [
    ...refused,
    ...cycles.map(cycle => `import cycle: ${cycle.join(' → ')}`),
    ...mapProblems(files, modules),
  ]
}

function importsIn(files: Files): Import[] {
  const resolve = createResolve(files)
  return [...files]
    .filter(([path]) => isCode(path) && zoneOf(path) !== undefined)
    .flatMap(([from, text]) =>
      importsOf(parseSource(from, text)).map(fact => ({
        ...fact,
        from,
        to: resolve(from, fact.specifier),
      })),
    )
}

const isLoaded = (each: Import) => each.to !== undefined && !each.typeOnly
const pathOfTarget = (each: Import) => each.to ?? ''

/** Why this import is not allowed, or undefined when it is. */
function refusal(each: Import, modules: ModuleMap): string | undefined {
  const zone = zoneOf(each.from) ?? ''
  if (each.to === undefined) return outsideRefusal(zone, each)
  if (onlookers.includes(zone)) return undefined
  const target = zoneOf(each.to)
  if (target !== zone && each.specifier.startsWith('.'))
    return 'another zone is imported by its package name'
  const allowed = [zone, ...(zones[zone]?.imports ?? []), ...(isTest(each.from) ? testImports : [])]
  if (target === undefined || !allowed.includes(target)) return `${zone} may not import it`
  return target === 'modules' ? moduleRefusal(each, modules) : undefined
}

function outsideRefusal(zone: string, { specifier, from }: Import): string | undefined {
  if (isTest(from)) return undefined
  const outside = zones[zone]?.outside
  if (outside === 'none') return `${zone} imports nothing`
  if (outside === 'npm' && specifier.startsWith('node:')) return `${zone} also runs in browsers`
  return undefined
}

const nounOf = (path: string) => /^modules\/([^/]+)\//.exec(path)?.[1]

function moduleRefusal(each: Import, modules: ModuleMap): string | undefined {
  const from = nounOf(each.from)
  const to = nounOf(each.to ?? '')
  if (to === undefined) return from === undefined ? undefined : 'a module imports only faces'
  if (from === to) return undefined
  if (each.to !== `modules/${to}/index.ts`) return `only the face of ${to} (index.ts) is public`
  if (isTest(each.from) || mayLoadFaces(each.from)) return undefined
  if (!each.typeOnly) return `values of ${to} are handed over in compose.ts; use import type`
  if (from !== undefined && !modules[from]?.includes(to))
    return `modules/map.ts does not let ${from} know ${to}`
  return undefined
}

const mayLoadFaces = (path: string) =>
  ['apps/server', 'packages/testkit'].includes(zoneOf(path) ?? '')

function mapProblems(files: Files, modules: ModuleMap): string[] {
  const folders = new Set([...files.keys()].map(nounOf).filter(noun => noun !== undefined))
  const unlisted = [...folders].filter(noun => !(noun in modules))
  const cycles = cyclesIn(Object.keys(modules), noun => modules[noun] ?? [])
  return [
    ...unlisted.map(noun => `modules/map.ts: ${noun} is missing`),
    ...cycles.map(cycle => `modules/map.ts: cycle ${cycle.join(' → ')}`),
  ]
}

if (import.meta.main) report(boundaryProblems(readRepo(), map))
