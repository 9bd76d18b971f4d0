#!/usr/bin/env node
// `npm run build`: the web apps whose sources changed.
import { ensureInstalled } from './lib/install.mjs'
import { main } from './lib/root.mjs'
import { buildStaleApps } from './lib/web-apps.mjs'

await main(async () => {
  await ensureInstalled()
  await buildStaleApps()
  return 0
})
