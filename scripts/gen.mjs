#!/usr/bin/env node
// `npm run gen`: writes every generated file anew (client routes, OpenAPI, database types, graph).
import { ensureInstalled } from './lib/install.mjs'
import { node24, toolEnv } from './lib/node24.mjs'
import { main } from './lib/root.mjs'
import { run } from './lib/run.mjs'

await main(async args => {
  await ensureInstalled()
  return run(node24(), ['tools/generate.ts', ...args], { env: toolEnv() })
})
