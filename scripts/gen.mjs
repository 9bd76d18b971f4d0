#!/usr/bin/env node
// `npm run gen`: writes every generated file anew (client routes, OpenAPI, database types, graph).
import { ensureInstalled } from './lib/install.mjs'
import { node24, toolEnv } from './lib/node24.mjs'
import { main } from './lib/root.mjs'
import { pooled, run } from './lib/run.mjs'

await main(async args => {
  await ensureInstalled()
  const generators = ['tools/generate.ts', 'tools/gen-db-types.ts']
  const codes = await pooled(generators, generators.length, generator =>
    run(node24(), [generator, ...args], { env: toolEnv() }),
  )
  return Math.max(...codes)
})
