import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { invariant } from '@kaibo/kernel/invariant'
import type { StorageProvider } from '@kaibo/modules/files'

/** Keys are made by us, but a path is never trusted: no empty, dotted or upper-case segment. */
const keyPattern = /^(?:[a-z0-9][a-z0-9._-]{0,127}\/){0,4}[a-z0-9][a-z0-9._-]{0,127}$/

/** Keeps files below `directory` on the local disk. A write survives a power cut, or never was. */
export function createStorageDisk(options: { directory: string }): StorageProvider {
  const pathOf = (key: string) => {
    invariant(keyPattern.test(key), `not a storage key: ${JSON.stringify(key)}`)
    return join(options.directory, key)
  }
  return {
    async put(key, bytes) {
      const path = pathOf(key)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await writeWhole(path, bytes)
    },
    async get(key) {
      return readFile(pathOf(key)).catch((error: unknown) => {
        if (isMissing(error)) return null
        throw error
      })
    },
    delete: async key => rm(pathOf(key), { force: true }),
  }
}

/** Writes beside the target, flushes, then renames: readers never see half a file. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.part`
  try {
    await withFile(temporary, 'wx', async file => {
      await file.writeFile(bytes)
      await file.sync()
    })
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  // The rename itself must reach the disk, or a power cut could forget a file already promised.
  await withFile(dirname(path), 'r', directory => directory.sync())
}

async function withFile(
  path: string,
  flags: 'r' | 'wx',
  use: (file: Awaited<ReturnType<typeof open>>) => Promise<void>,
): Promise<void> {
  const file = await open(path, flags, 0o600)
  try {
    await use(file)
  } finally {
    await file.close()
  }
}

const isMissing = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'
