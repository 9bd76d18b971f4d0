import { allEndpoints } from '@kaibo/contract/api'
import type { EndpointDef } from '@kaibo/contract/core/endpoint'

type Route = { readonly name: string; readonly def: EndpointDef }

/** The client's table of routes: methods and paths only, so that no schema reaches a phone. */
export function clientRoutes(routes: readonly Route[] = allEndpoints()): string {
  const byNoun = Map.groupBy(routes, ({ name }) => name.split('.')[0] ?? '')
  const groups = [...byNoun].map(([noun, own]) => `  ${noun}: {\n${own.map(line).join('')}  },\n`)
  return `// Generated from the contract by \`npm run gen\`.
export type RouteEntry = readonly [method: string, path: string, kind?: 'key' | 'bytes']

export const routes: Readonly<Record<string, Readonly<Record<string, RouteEntry>>>> = {
${groups.join('')}}
`
}

function line({ name, def }: Route): string {
  const [, verb] = name.split('.')
  const entry = [def.method, def.path, ...kindOf(name, def)].map(part => `'${part}'`)
  return `    ${verb}: [${entry.join(', ')}],\n`
}

function kindOf(name: string, def: EndpointDef): ('key' | 'bytes')[] {
  if (def.method !== 'GET' && def.query) throw new Error(`${name}: only GET routes take a query`)
  if (def.body === 'bytes' && def.idempotency === 'key')
    throw new Error(`${name}: a raw upload cannot carry an idempotency key`)
  if (def.body === 'bytes') return ['bytes']
  return def.idempotency === 'key' ? ['key'] : []
}
