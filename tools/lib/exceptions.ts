import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { git } from './repo.ts'

const exceptionsFile = 'shape.json'

/** A rule that is not kept: `at` is what an exception names, `value` what its limit is held against. */
export type Breach = {
  readonly rule: string
  readonly at: string
  readonly value: number
  readonly text: string
}

export type Exception = {
  readonly rule: string
  /** The path, `path#function` or folder that the guard named. */
  readonly at: string
  /** The value that may not be passed: an exception is no licence to grow. */
  readonly limit: number
  readonly reason: string
}

export type Exceptions = {
  /** How many are allowed; may only become smaller from commit to commit. */
  readonly exceptionsMax: number
  readonly exceptions: readonly Exception[]
  /** The smallest `exceptionsMax` that was ever committed. */
  readonly smallestMax: number
}

/** Reads `shape.json` and, from git, how far its list has shrunk already. */
export function readExceptions(root: string): Exceptions {
  const { exceptionsMax, exceptions } = parse(readFileSync(join(root, exceptionsFile), 'utf8'))
  const commits = git(root, 'log', '--format=%H', '--', exceptionsFile).split('\n').filter(Boolean)
  const committed = commits.map(commit => parse(git(root, 'show', `${commit}:${exceptionsFile}`)))
  const smallestMax = Math.min(...committed.map(file => file.exceptionsMax), exceptionsMax)
  return { exceptionsMax, exceptions, smallestMax }
}

const parse = (text: string): Omit<Exceptions, 'smallestMax'> => JSON.parse(text)

/** Breaches that no exception covers, then exceptions that are unneeded, unreasoned or too many. */
export function heldAgainst(breaches: readonly Breach[], list: Exceptions): string[] {
  const { exceptions, exceptionsMax, smallestMax } = list
  const isSame = (exception: Exception, breach: Breach) =>
    exception.rule === breach.rule && exception.at === breach.at
  const uncovered = breaches.filter(
    breach => !exceptions.some(each => isSame(each, breach) && breach.value <= each.limit),
  )
  const unneeded = exceptions.filter(each => !breaches.some(breach => isSame(each, breach)))
  const unreasoned = exceptions.filter(each => !each.reason)
  return [
    ...uncovered.map(breach => breach.text),
    ...unneeded.map(each => `${exceptionsFile}: "${each.at}" no longer needs "${each.rule}"`),
    ...unreasoned.map(each => `${exceptionsFile}: "${each.at}" gives no reason`),
    ...(exceptions.length > exceptionsMax
      ? [`${exceptionsFile}: ${exceptions.length} exceptions, at most ${exceptionsMax}`]
      : []),
    ...(exceptionsMax > smallestMax
      ? [`${exceptionsFile}: exceptionsMax was ${smallestMax} already and may only shrink`]
      : []),
  ]
}
