#!/usr/bin/env node
// `npx kaibo …`: the operator's commands (migrate, seed, doctor, backup …).
import { ensureInstalled } from './lib/install.mjs'
import { node24, toolEnv } from './lib/node24.mjs'
import { main } from './lib/root.mjs'
import { run } from './lib/run.mjs'

await main(async args => {
  await ensureInstalled()
  return run(node24(), ['apps/server/src/cli/main.ts', ...args], {
    env: toolEnv(),
    stdio: 'inherit',
  })
})
