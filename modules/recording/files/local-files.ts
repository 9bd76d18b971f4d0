import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hourMs } from '@kaibo/kernel/clock'
import type { RecordingNeeds } from '../needs.ts'

/** Fetched files are kept so long after their last use. */
const cacheMs = hourMs

/**
 * The path of a file of a recording, for whoever must read it from a disk; fetched first when it
 * lies elsewhere. Throws when it is nowhere.
 */
export async function fileOf(needs: RecordingNeeds, key: string): Promise<string> {
  const own = needs.spool.pathOf(key)
  if (own && existsSync(own)) return own
  const path = join(needs.cacheDirectory, key.replaceAll('/', '-'))
  if (existsSync(path)) {
    await utimes(path, new Date(), new Date())
    return path
  }
  const bytes = (await needs.store?.get(key)) ?? (await needs.spool.get(key))
  if (!bytes) throw new Error(`the recorded file ${key} is gone`)
  await forgetOld(needs.cacheDirectory)
  const temporary = `${path}.${randomUUID()}`
  await writeFile(temporary, bytes)
  await rename(temporary, path)
  return path
}

async function forgetOld(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const oldestMs = Date.now() - cacheMs
  for (const name of await readdir(directory)) {
    const path = join(directory, name)
    const usedMs = await stat(path).then(
      facts => facts.mtimeMs,
      () => Number.POSITIVE_INFINITY,
    )
    if (usedMs < oldestMs) await rm(path, { force: true })
  }
}
