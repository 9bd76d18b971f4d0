import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

const installMsMax = 120_000

/**
 * npm packages that only a bench needs, such as `ws@8.18.3`, in a folder of their own outside the
 * repository; kept from run to run. Throws where they cannot be had.
 */
export function installed(folder: string, packages: readonly string[]): string {
  mkdirSync(folder, { recursive: true })
  const isThere = packages.every(each =>
    existsSync(join(folder, 'node_modules', each.split('@')[0] ?? '')),
  )
  if (!isThere) {
    const flags = ['--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund']
    const options = { stdio: 'pipe', timeout: installMsMax } as const
    execFileSync('npm', ['install', ...flags, ...packages], options)
  }
  return folder
}
