#!/usr/bin/env node
// `npm test`: guards (which build the web apps), then every test; what follows `--` goes to vitest.
import { runGuards } from './lib/guards.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { node24, toolEnv } from './lib/node24.mjs'
import { main } from './lib/root.mjs'
import { run } from './lib/run.mjs'
import { ensureSystemPackages } from './lib/system.mjs'

await main(async args => {
  await ensureInstalled()
  await ensureSystemPackages()
  const failedGuards = await runGuards()
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', ...args]
  const code = await run(node24(), vitest, { env: toolEnv() })
  return failedGuards === 0 ? code : code || 1
})
