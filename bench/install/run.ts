import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { reporter } from '../lib/report.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const report = reporter('install')

/** `npm ci` in an empty copy of the workspace: how long, and how much it puts on the disk. */
function installOnce(): { seconds: number; megabytes: number } {
  const copy = mkdtempSync(join(tmpdir(), 'kaibo-install-'))
  try {
    const files = globSync(
      [
        'package*.json',
        '.npmrc',
        '{packages,apps}/*/package.json',
        '{modules,providers,e2e,bench,tools}/package.json',
        'scripts/**',
        'tools/kaibo.mjs',
      ],
      { cwd: root },
    )
    for (const file of files) cpSync(join(root, file), join(copy, file), { recursive: true })
    const startedAt = performance.now()
    const { status, stderr } = spawnSync('npm', ['ci'], { cwd: copy, encoding: 'utf8' })
    const seconds = (performance.now() - startedAt) / 1_000
    if (status !== 0) throw new Error(`npm ci failed: ${stderr}`)
    const used = spawnSync('du', ['-sm', 'node_modules'], { cwd: copy, encoding: 'utf8' }).stdout
    return { seconds, megabytes: Number.parseInt(used, 10) }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

const { seconds, megabytes } = installOnce()
report({ metric: 'npm_ci', value: seconds, unit: 's', runs: 1 })
report({ metric: 'node_modules', value: megabytes, unit: 'MB', runs: 1 })
