import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { locked } from './lock.mjs'
import { Problem, root, say } from './root.mjs'
import { run } from './run.mjs'

const lockPath = join(root, 'package-lock.json')
const stampPath = join(root, 'node_modules/.kaibo-install')
/** npm writes this copy of the lockfile when, and only when, an installation is complete. */
const installedPath = join(root, 'node_modules/.package-lock.json')

/** Installs the dependencies when `node_modules` is not what the lockfile says, else does nothing. */
export async function ensureInstalled() {
  if (isCurrent()) return
  await locked(async () => {
    if (isCurrent()) return
    if (!installMatchesLock()) await install()
    writeFileSync(stampPath, fingerprint() ?? '')
  })
}

function isCurrent() {
  const wanted = fingerprint()
  return wanted !== undefined && readIfThere(stampPath) === wanted
}

async function install() {
  const verb = existsSync(lockPath) ? 'ci' : 'install'
  say(`installing dependencies (npm ${verb}; about a minute the first time)`)
  const code = await run('npm', [verb, '--no-audit', '--no-fund', '--loglevel=error'], {
    env: hostEnv(),
  })
  if (code !== 0) throw new Problem(`npm ${verb} failed (exit code ${code}); see above.`)
}

// npm ci deletes node_modules, and with it the packaged Node that npm scripts find first on PATH.
function hostEnv() {
  const path = (process.env.PATH ?? '').split(delimiter)
  const hostPath = path.filter(folder => !/node_modules[/\\](\.bin|node-)/.test(folder))
  return { ...process.env, PATH: hostPath.join(delimiter) }
}

function fingerprint() {
  if (!existsSync(lockPath)) return undefined
  const hash = createHash('sha256').update(readFileSync(lockPath)).digest('hex')
  return `${hash} ${process.platform}-${process.arch}\n`
}

/** Whether everything that the lockfile wants on this platform was installed in its version. */
function installMatchesLock() {
  if (!existsSync(lockPath) || !existsSync(installedPath)) return false
  const installed = packagesOf(installedPath)
  return Object.entries(packagesOf(lockPath))
    .filter(([path, entry]) => path.startsWith('node_modules/') && isNeededHere(entry))
    .every(([path, entry]) => path in installed && installed[path].version === entry.version)
}

const packagesOf = path => JSON.parse(readFileSync(path, 'utf8')).packages ?? {}

// An optional package that names no platform is the helper of one that does; entries bound to a
// C library are left out, because which one this machine has is npm's business.
const isNeededHere = entry =>
  !entry.libc &&
  !(entry.optional && !entry.os && !entry.cpu) &&
  (!entry.os || entry.os.includes(process.platform)) &&
  (!entry.cpu || entry.cpu.includes(process.arch))

const readIfThere = path => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)
