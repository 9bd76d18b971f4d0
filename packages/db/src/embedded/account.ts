import type { ChildProcess } from 'node:child_process'
import { type SpawnOptions, spawn } from 'node:child_process'
import { chownSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** How PostgreSQL programs are started on behalf of this process. */
export type Account = {
  /** Starts a program of PostgreSQL in its own session, so that Ctrl-C does not reach it. */
  spawn(program: string, args: readonly string[], options: SpawnOptions): ChildProcess
  /** Gives a file or directory to the account. */
  own(path: string): void
}

/**
 * PostgreSQL refuses to run as root. Ordinary users start it as themselves. Root starts it as the
 * owner of an existing data directory, else as `nobody`.
 *
 * When the data directory lies under a path that this account may not enter (a checkout in root's
 * 0700 home), the server also gets the one capability to pass closed directories. That works in
 * containers, where a user namespace usually may not be made, and leaves the data where it was asked for.
 */
export function accountFor(dataDir: string): Account {
  if (process.getuid?.() !== 0) {
    return {
      spawn: (program, args, options) => spawn(program, args, inOwnSession(options)),
      own() {},
    }
  }
  const owner = statSync(dataDir)
  const { uid, gid } = owner.uid === 0 ? nobody() : owner
  const own = (path: string) => chownSync(path, uid, gid)
  if (owner.uid === 0) for (const path of everythingIn(dataDir)) own(path)

  if (isOpenToEveryone(dirname(dataDir))) {
    return {
      own,
      spawn: (program, args, options) =>
        spawn(program, args, { ...inOwnSession(options), uid, gid }),
    }
  }
  const caps = '-all,+dac_override'
  const become = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', `--inh-caps=${caps}`]
  become.push(`--ambient-caps=${caps}`, `--bounding-set=${caps}`, '--')
  return {
    own,
    spawn: (program, args, options) =>
      spawn('setpriv', [...become, program, ...args], inOwnSession(options)),
  }
}

/** No variable of the application, which may be a secret, reaches the server. */
const inOwnSession = (options: SpawnOptions): SpawnOptions => ({
  ...options,
  cwd: '/',
  detached: true,
  env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
})

/** Whether every account may enter `path`, judged by the mode of each directory above it. */
export function isOpenToEveryone(path: string): boolean {
  for (let dir = path; ; dir = dirname(dir)) {
    if ((statSync(dir).mode & 0o001) === 0) return false
    if (dir === dirname(dir)) return true
  }
}

function everythingIn(dir: string): string[] {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true })
  return [dir, ...entries.map(entry => join(entry.parentPath, entry.name))]
}

function nobody(): { uid: number; gid: number } {
  const line = readFileSync('/etc/passwd', 'utf8').match(/^nobody:[^:]*:(\d+):(\d+):/m)
  return { uid: Number(line?.[1] ?? 65_534), gid: Number(line?.[2] ?? 65_534) }
}
