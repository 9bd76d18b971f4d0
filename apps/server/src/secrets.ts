import { hkdfSync, randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { ConfigError } from './config.ts'

/** Keys that the installation makes for itself once and must never lose. Kept in `secrets.json`, 0600. */
export type Secrets = {
  /** Master key from which all others are derived, 256 bits, base64. */
  readonly master: string
}

/**
 * Reads the installation's keys, making them at the first start. Two processes starting together
 * agree: the file is written aside and linked into place, and linking fails when it is there.
 */
export function loadSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json')
  try {
    makeDirectory(dataDir)
    if (!existsSync(file)) create(file)
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (isSecrets(parsed)) return parsed
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? error.code : 'unreadable'
    throw new ConfigError(
      `KAIBO_DATA_DIR "${dataDir}" cannot be used (${reason}): choose a directory that this user may write.`,
    )
  }
  throw new ConfigError(
    `"${file}" is damaged: restore it from a backup, or personal data cannot be read.`,
  )
}

const isDirectory = (path: string) =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

/** One level at a time: Node's recursive `mkdir` never returns below `/proc`. */
function makeDirectory(path: string): void {
  if (isDirectory(path)) return
  makeDirectory(dirname(path))
  try {
    mkdirSync(path)
  } catch (error) {
    // Another process that starts now may have made it.
    if (!isDirectory(path)) throw error
  }
}

/** A key of 32 bytes for one purpose; processes that share the master key agree on it. */
export const deriveKey = ({ master }: Secrets, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', Buffer.from(master, 'base64'), '', purpose, 32))

/** Shared with the media process: signs play addresses, control calls and events. */
export const mediaSecretOf = (secrets: Secrets): string =>
  deriveKey(secrets, 'media').toString('base64url')

/** Part of the address of live callbacks, because some vendors sign nothing. */
export const liveCallbackSecretOf = (secrets: Secrets): string =>
  deriveKey(secrets, 'live-callback').toString('base64url')

function create(file: string): void {
  const aside = `${file}.${process.pid}`
  writeFileSync(aside, JSON.stringify({ master: randomBytes(32).toString('base64') }), {
    mode: 0o600,
  })
  chmodSync(aside, 0o600)
  try {
    linkSync(aside, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

const isSecrets = (value: unknown): value is Secrets =>
  typeof value === 'object' &&
  value !== null &&
  'master' in value &&
  typeof value.master === 'string' &&
  value.master.length >= 43
