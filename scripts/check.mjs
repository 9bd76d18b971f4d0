#!/usr/bin/env node
// `npm run check`: all guards; `npm run check -- shape` runs those whose name matches.
import { runGuards } from './lib/guards.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { main } from './lib/root.mjs'

await main(async wanted => {
  await ensureInstalled()
  return (await runGuards(wanted)) === 0 ? 0 : 1
})
