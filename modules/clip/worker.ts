import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { reasonOf } from '@kaibo/db/log'
import type { Id } from '@kaibo/kernel/ids'
import { cutClip, inScratch, type Made, markClip } from './cutting.ts'
import { CutError } from './ffmpeg.ts'
import type { ClipNeeds } from './needs.ts'
import * as queue from './queue.ts'

/** Attempts that may die with their process before a clip is given up. */
export const attemptsMax = 3
const renewEveryMs = 5_000

/** Where the bytes of a clip lie, and of its copy for viewers. */
export const videoKeyOf = (id: Id): string => `clips/${id.slice(-2)}/${id}.mp4`
export const downloadKeyOf = (id: Id): string => `clips/${id.slice(-2)}/${id}-marked.mp4`

/**
 * Does the next work of a lane; false when there is none, or somebody else is at it. What the process
 * does not survive is done by the next one when the lease is over. Throws when `signal` aborts.
 */
export async function workNext(
  needs: ClipNeeds,
  { lane, signal }: { lane: queue.Lane; signal: AbortSignal },
): Promise<boolean> {
  const { database, log } = needs
  const held = await database.tx(tx => queue.claim(tx, lane))
  if (!held) return false
  const folder = join(needs.workDir, held.clip.id)
  if (held.attempt > attemptsMax) {
    await rm(folder, { recursive: true, force: true })
    await database.tx(tx => queue.settleFailure(tx, held, 'gave_up'))
    return true
  }
  const lease = keepLease(needs, { held, signal })
  try {
    await inScratch(folder, () => workOn(needs, held, lease.signal))
  } catch (error) {
    if (lease.signal.aborted) await database.tx(tx => queue.release(tx, held))
    else {
      const failure = error instanceof CutError ? error.failure : 'broken'
      log.warn({ clipId: held.clip.id, failure, reason: reasonOf(error) }, 'a clip was not cut')
      await database.tx(tx => queue.settleFailure(tx, held, failure))
    }
  } finally {
    await lease.end()
  }
  return true
}

/** Makes the clip, or its copy for viewers, and says so; bytes that nobody wants any more go. */
async function workOn(needs: ClipNeeds, held: queue.Claim, signal: AbortSignal): Promise<void> {
  const { database, storage, workDir } = needs
  const { clip, work } = held
  const place = { needs, signal, cwd: join(workDir, clip.id) }
  const made = work === 'cut' ? await cutClip(clip, place) : await marked(needs, held, place)
  const key = work === 'cut' ? videoKeyOf(clip.id) : downloadKeyOf(clip.id)
  const posterFileId = work === 'cut' ? await keptPoster(needs, made) : null
  await storage.put(key, made.video)
  const cut = { durationMs: made.durationMs, byteCount: made.video.length, posterFileId }
  const isWanted = await database.tx(tx =>
    work === 'cut' ? queue.settleCut(tx, held, cut) : queue.settleDownload(tx, held),
  )
  if (!isWanted) await storage.delete(key)
}

async function marked(
  { database, storage, shop }: ClipNeeds,
  { clip }: queue.Claim,
  place: { cwd: string; signal: AbortSignal },
): Promise<Made> {
  const video = await storage.get(videoKeyOf(clip.id))
  if (!video) throw new CutError('gone', 'the clip is gone')
  const shops = await shop.shopsByIds(database.db, [clip.shopId])
  const mark = [shops.get(clip.shopId)?.name, 'Kaibo 开播'].filter(Boolean).join(' · ')
  return markClip({ video, mark, ms: clip.durationMs ?? clip.toMs - clip.fromMs }, place)
}

/** A clip without a poster is still a clip. */
const keptPoster = async ({ files }: ClipNeeds, { poster }: Made): Promise<Id | null> =>
  poster &&
  files.store(null, { bytes: poster }).then(
    ({ id }) => id,
    () => null,
  )

type Lease = { signal: AbortSignal; end(): Promise<void> }

/** Renews the lease while the work is done; aborts it when it was given to another. */
function keepLease(
  { database }: ClipNeeds,
  { held, signal }: { held: queue.Claim; signal: AbortSignal },
): Lease {
  const done = new AbortController()
  const lost = new AbortController()
  const over = AbortSignal.any([done.signal, signal])
  const renew = async () => {
    while (!over.aborted) {
      const isOver = await delay(renewEveryMs, false, { signal: over }).catch(() => true)
      if (isOver) return
      const isOurs = await database.tx(tx => queue.renewLease(tx, held)).catch(() => true)
      if (!isOurs) lost.abort()
    }
  }
  const renewing = renew()
  return {
    signal: AbortSignal.any([signal, lost.signal]),
    async end() {
      done.abort()
      await renewing
    },
  }
}
