/** What a zone may import besides itself. */
export type Zone = {
  readonly imports: readonly string[]
  /** Packages of npm and Node: none at all, npm only (the code also runs in a browser), or any. */
  readonly outside: 'none' | 'npm' | 'any'
}

const base = ['packages/kernel']
const shared = [...base, 'packages/contract']
const web: Zone = { imports: [...shared, 'packages/client', 'packages/ui'], outside: 'npm' }
const tools = ['packages/db', 'packages/search', 'packages/sheet', 'packages/wordguard']
const backend = [...shared, ...tools, 'modules']
const anything = [
  ...web.imports,
  ...backend,
  'packages/realtime',
  'packages/media',
  'packages/testkit',
  'providers',
  'apps/server',
  'apps/media',
]

/** Import direction, lowest first: the law of `docs/adr/0007-guards.md` in one table. */
export const zones: Readonly<Record<string, Zone>> = {
  'packages/kernel': { imports: [], outside: 'none' },
  'packages/contract': { imports: base, outside: 'npm' },
  'packages/client': { imports: shared, outside: 'npm' },
  'packages/ui': { imports: [...shared, 'packages/client'], outside: 'npm' },
  'packages/db': { imports: base, outside: 'any' },
  'packages/realtime': { imports: base, outside: 'any' },
  'packages/media': { imports: base, outside: 'any' },
  'packages/search': { imports: base, outside: 'any' },
  'packages/wordguard': { imports: base, outside: 'any' },
  'packages/sheet': { imports: shared, outside: 'any' },
  'packages/testkit': { imports: anything, outside: 'any' },
  modules: { imports: [...shared, ...tools], outside: 'any' },
  // A provider sees the owner of its slot: a module's face, the bus of realtime, media's control.
  providers: { imports: [...backend, 'packages/realtime', 'packages/media'], outside: 'any' },
  'apps/server': {
    imports: [...backend, 'packages/client', 'packages/realtime', 'packages/media', 'providers'],
    outside: 'any',
  },
  'apps/media': { imports: [...base, 'packages/media'], outside: 'any' },
  'apps/shop': web,
  'apps/studio': web,
  'apps/console': web,
}

/** What tests may import on top, in every zone: they supply a module's needs with the real things. */
export const testImports = anything

/** Never part of the product: these look at all of it, by path where that is simpler. */
export const onlookers: readonly string[] = ['tools', 'e2e', 'bench']

export const zoneOf = (path: string): string | undefined =>
  [...Object.keys(zones), ...onlookers].find(zone => path.startsWith(`${zone}/`))
