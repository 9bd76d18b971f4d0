import { availableParallelism } from 'node:os'
import { stripVTControlCharacters } from 'node:util'
import { node24, toolEnv } from './node24.mjs'
import { capture, pooled } from './run.mjs'

/** Every guard is commands that node24 runs one after the other; the slow guards come first. */
const guards = {
  'builds and sizes': [['scripts/build.mjs'], ['tools/size-budget.ts']],
  'types (server)': [['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']],
  'types (web)': [['node_modules/typescript/bin/tsc', '-p', 'tsconfig.web.json']],
  'database types': [['tools/gen-db-types.ts', '--check']],
  'generated files': [['tools/generate.ts', '--check']],
  'dead code': [['node_modules/knip/bin/knip.js', '--no-progress']],
  format: [['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.']],
  'near-copies': [['node_modules/jscpd/run-jscpd.js', '.']],
  shape: [['tools/shape.ts']],
  boundaries: [['tools/boundaries.ts']],
  texts: [['tools/texts.ts']],
}

/** Runs the guards whose names contain one of `wanted` (all when empty); resolves to how many failed. */
export async function runGuards(wanted = []) {
  const chosen = Object.entries(guards).filter(
    ([name]) => wanted.length === 0 || wanted.some(word => name.includes(word)),
  )
  const startedAt = performance.now()
  const passed = await pooled(chosen, availableParallelism(), runGuard)
  const failedCount = passed.filter(isPassed => !isPassed).length
  const verdict = failedCount === 0 ? 'all passed' : `${failedCount} failed`
  console.log(`check: ${chosen.length} guards, ${verdict}, ${secondsSince(startedAt)}`)
  return failedCount
}

async function runGuard([name, commands]) {
  const startedAt = performance.now()
  const failure = await firstFailure(commands)
  const mark = failure === undefined ? 'ok  ' : 'FAIL'
  console.log(`${mark} ${name.padEnd(18)} ${secondsSince(startedAt)}`)
  if (failure !== undefined) console.log(failure.trimEnd().replaceAll(/^/gm, '     '))
  return failure === undefined
}

/** What the first command that fails prints; undefined when all succeed. */
async function firstFailure(commands) {
  for (const command of commands) {
    const { code, output } = await capture(node24(), command, { env: toolEnv() })
    if (code !== 0) return stripVTControlCharacters(output)
  }
  return undefined
}

const secondsSince = startedAt => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`
