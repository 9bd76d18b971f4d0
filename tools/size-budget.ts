import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { repoRoot, report } from './lib/repo.ts'

/** The JavaScript that a first visit to one route may cost, compressed, in KB of 1,000 bytes. */
export type Budget = {
  readonly route: string
  readonly kbMax: number
  /** Sources that load lazily and belong to the route; each must be found. */
  readonly lazy?: readonly RegExp[]
  /** Sources of which a device loads one: the heaviest counts. */
  readonly oneOf?: readonly RegExp[]
}

const chinese = /locales\/zh-CN\.json$/

/** Figures of the product: the feed opens inside chat apps on slow phones. */
const budgets: Readonly<Record<string, readonly Budget[]>> = {
  shop: [
    { route: 'feed', kbMax: 130, lazy: [chinese] },
    {
      route: 'room',
      kbMax: 245,
      lazy: [chinese, /features\/room\/page\.tsx$/],
      oneOf: [/open\/flv\.ts$/, /open\/hls\.ts$/, /open\/whep\.ts$/],
    },
  ],
  console: [{ route: 'first route', kbMax: 420, lazy: [chinese] }],
}

type Chunk = { readonly file: string; readonly imports?: readonly string[] }
/** What Vite writes to `.vite/manifest.json`: chunks by their source. */
export type Manifest = Readonly<Record<string, Chunk>>
/** Compressed bytes of a built file. */
export type SizeOf = (file: string) => number

/** Why the route is over its budget or cannot be judged; undefined when all is well. */
export function budgetProblem(
  budget: Budget,
  built: { manifest: Manifest; sizeOf: SizeOf },
): string | undefined {
  const { manifest, sizeOf } = built
  const keysOf = (pattern: RegExp) => Object.keys(manifest).filter(key => pattern.test(key))
  const missing = [...(budget.lazy ?? []), ...(budget.oneOf ?? [])].find(
    pattern => keysOf(pattern).length === 0,
  )
  if (missing) return `${budget.route}: no chunk is called like ${missing}`
  const certain = ['index.html', ...(budget.lazy ?? []).flatMap(keysOf)]
  const choices = budget.oneOf?.map(keysOf) ?? [[]]
  const bytesOf = (keys: readonly string[]) =>
    filesOf(manifest, keys).reduce((sum, file) => sum + sizeOf(file), 0)
  const kb = Math.max(...choices.map(choice => bytesOf([...certain, ...choice]))) / 1_000
  return kb > budget.kbMax
    ? `${budget.route}: ${kb.toFixed(1)} KB of JavaScript, at most ${budget.kbMax}`
    : undefined
}

/** The files of these chunks and of everything that they import at once. */
function filesOf(manifest: Manifest, keys: readonly string[]): string[] {
  const seen = new Set<string>()
  const add = (key: string) => {
    if (seen.has(key)) return
    seen.add(key)
    for (const next of manifest[key]?.imports ?? []) add(next)
  }
  for (const key of keys) add(key)
  const files = [...seen].flatMap(key => manifest[key]?.file ?? [])
  return [...new Set(files)].filter(file => file.endsWith('.js'))
}

function problemsOf(app: string): string[] {
  const dist = join(repoRoot, 'apps', app, 'dist')
  const path = join(dist, '.vite/manifest.json')
  if (!existsSync(path)) return [`apps/${app}: not built, or built without build.manifest`]
  const manifest: Manifest = JSON.parse(readFileSync(path, 'utf8'))
  const sizeOf: SizeOf = file => gzipSync(readFileSync(join(dist, file))).length
  return (budgets[app] ?? []).flatMap(budget => {
    const problem = budgetProblem(budget, { manifest, sizeOf })
    return problem ? [`apps/${app}: ${problem}`] : []
  })
}

if (import.meta.main) report(Object.keys(budgets).flatMap(problemsOf))
