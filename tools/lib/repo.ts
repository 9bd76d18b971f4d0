import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The top folder of the repository. */
export const repoRoot = fileURLToPath(new URL('../..', import.meta.url))

/** Text files by their path below the root. */
export type Files = ReadonlyMap<string, string>

const textFile =
  /(\.(ts|tsx|js|mjs|cjs|json|md|css|html|sql|yml|yaml|sh|svg|txt)|^[^.]*|\/run|\.npmrc)$/
const gitOutputBytesMax = 16 * 1024 * 1024

/** Every text file that git tracks or would track. */
export function readRepo(root: string = repoRoot): Files {
  const listed = git(root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard')
  const paths = listed.split('\0').filter(path => textFile.test(path) && isFile(join(root, path)))
  return new Map(paths.map(path => [path, readFileSync(join(root, path), 'utf8')]))
}

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false

/** What a git command prints. The clone may belong to somebody else, for example in a container. */
export const git = (root: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'safe.directory=*', ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: gitOutputBytesMax,
  })

/** Tests and what only tests use: `x.test.ts`, and folders called `test` or `testing`. */
export const isTest = (path: string): boolean => /\.test\.tsx?$|\/test(ing)?\//.test(path)
export const isGenerated = (path: string): boolean => /\.gen\.ts$/.test(path)
export const isCode = (path: string): boolean =>
  /\.(ts|tsx|mjs|js)$/.test(path) && !isGenerated(path)

/** Prints what a guard found; its exit code is 1 when there is anything. */
export function report(problems: readonly string[]): void {
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) process.exitCode = 1
}
