import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const downloadMsMax = 60_000

/**
 * A folder with Debian packages unpacked in it, kept from run to run below the system's temporary
 * directory: nothing is installed or started. Throws where they cannot be had.
 */
export function unpacked(...packages: readonly string[]): string {
  const folder = join(tmpdir(), 'kaibo-bench-debian', packages.join('+'))
  if (existsSync(join(folder, 'usr'))) return folder
  mkdirSync(folder, { recursive: true })
  try {
    const options = { cwd: folder, stdio: 'pipe', timeout: downloadMsMax } as const
    execFileSync('apt-get', ['download', ...packages], options)
    for (const file of readdirSync(folder).filter(name => name.endsWith('.deb')))
      execFileSync('dpkg-deb', ['-x', file, '.'], options)
  } catch {
    throw new Error(`${packages.join(', ')}: no such Debian packages can be had`)
  }
  return folder
}
