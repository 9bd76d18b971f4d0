import { dirname, join } from 'node:path/posix'
import type { Files } from './repo.ts'

/** Finds the file of the repository that an import names; undefined for npm and Node packages. */
export type Resolve = (fromPath: string, specifier: string) => string | undefined

type Manifest = { readonly name: string; readonly exports?: Readonly<Record<string, string>> }

/** Resolves relative paths and the workspaces' `exports`, as Node would, without touching the disk. */
export function createResolve(files: Files): Resolve {
  const workspaces = [...files]
    .filter(([path]) => path.endsWith('/package.json'))
    .map(([path, text]) => ({ folder: dirname(path), manifest: parse(text) }))
  return (fromPath, specifier) => {
    if (specifier.startsWith('.')) return join(dirname(fromPath), withoutQuery(specifier))
    const found = workspaces.find(({ manifest }) => specifier.startsWith(`${manifest.name}/`))
    return found && exported(found.folder, found.manifest, withoutQuery(specifier))
  }
}

const parse = (text: string): Manifest => JSON.parse(text)

/** Vite's `./worker.ts?worker` and its like name the file before the question mark. */
const withoutQuery = (specifier: string) => specifier.replace(/\?.*$/, '')

function exported(folder: string, { name, exports = {} }: Manifest, specifier: string) {
  const subpath = `.${specifier.slice(name.length)}`
  for (const [pattern, target] of Object.entries(exports)) {
    const [head = '', tail] = pattern.split('*')
    if (tail === undefined ? subpath === pattern : isBetween(subpath, head, tail)) {
      const star =
        tail === undefined ? '' : subpath.slice(head.length, subpath.length - tail.length)
      return join(folder, target.replace('*', star))
    }
  }
  return join(folder, subpath)
}

const isBetween = (text: string, head: string, tail: string) =>
  text.startsWith(head) && text.endsWith(tail)
