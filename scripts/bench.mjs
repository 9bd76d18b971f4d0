#!/usr/bin/env node
// `npm run bench -- NAME …`: one bench, which prints a JSON object a line; without a name, the list.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled } from './lib/install.mjs'
import { node24, toolEnv } from './lib/node24.mjs'
import { main, Problem, root } from './lib/root.mjs'
import { run } from './lib/run.mjs'

const runnerOf = name => `bench/${name}/run.ts`

const benches = () =>
  readdirSync(join(root, 'bench')).filter(name => existsSync(join(root, runnerOf(name))))

await main(async ([name, ...args]) => {
  const names = benches().join(', ') || 'none yet'
  if (name === undefined) {
    console.log(`benches: ${names}`)
    return 0
  }
  if (!benches().includes(name)) throw new Problem(`no bench "${name}"; there are: ${names}`)
  await ensureInstalled()
  return run(node24(), [runnerOf(name), ...args], { env: toolEnv() })
})
