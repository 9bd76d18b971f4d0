#!/usr/bin/env node
// `npm start`: everything a fresh clone needs, then the server.
import { ensureInstalled } from './lib/install.mjs'
import { node24, toolEnv } from './lib/node24.mjs'
import { main } from './lib/root.mjs'
import { run } from './lib/run.mjs'
import { buildStaleApps } from './lib/web-apps.mjs'

await main(async args => {
  await ensureInstalled()
  await buildStaleApps()
  return run(node24(), ['apps/server/src/main.ts', ...args], { env: toolEnv() })
})
