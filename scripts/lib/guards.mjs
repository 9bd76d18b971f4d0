import { availableParallelism } from 'node:os'
import { node24, toolEnv } from './node24.mjs'
import { capture, pooled } from './run.mjs'

/** Every guard is a command that node24 runs; the slow ones come first, so that they overlap. */
const guards = {
  'types (server)': ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'],
  'types (web)': ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.web.json'],
  'database types': ['tools/gen-db-types.ts', '--check'],
  'generated files': ['tools/generate.ts', '--check'],
  'dead code': ['node_modules/knip/bin/knip.js', '--cache', '--no-progress'],
  format: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
  'near-copies': ['node_modules/jscpd/run-jscpd.js', '.'],
  shape: ['tools/shape.ts'],
  boundaries: ['tools/boundaries.ts'],
  texts: ['tools/texts.ts'],
  'size budgets': ['tools/size-budget.ts'],
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

async function runGuard([name, command]) {
  const startedAt = performance.now()
  const { code, output } = await capture(node24(), command, { env: toolEnv() })
  const mark = code === 0 ? 'ok  ' : 'FAIL'
  console.log(`${mark} ${name.padEnd(18)} ${secondsSince(startedAt)}`)
  if (code !== 0) console.log(output.trimEnd().replaceAll(/^/gm, '     '))
  return code === 0
}

const secondsSince = startedAt => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`
