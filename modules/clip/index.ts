import type { Handlers } from '@kaibo/contract/core/handlers'
import type { clipApi } from '@kaibo/contract/media/clip'
import type { Jobs } from '@kaibo/db/jobs'
import type { ClipNeeds } from './needs.ts'
import type { Lane } from './queue.ts'
import { createHandlers } from './routes.ts'
import { workNext } from './worker.ts'

export type { ClipNeeds } from './needs.ts'

/** Clips 切片 of replays: cut by the shop, shown on product pages and beside the replay. */
export type Clips = {
  readonly handlers: Handlers<typeof clipApi>
  /** Does the next work of a lane, if nobody is at it; whether there was any. */
  workNext(lane: Lane): Promise<boolean>
  /** Declares what this process does for clips in the background; before the jobs start. */
  work(jobs: Pick<Jobs, 'every'>): void
  /** Lets go of what is being cut, at once; another process does it. */
  stop(): void
}

const lookEverySec = { quick: 1, slow: 2 }
/** Clips in a row, so that one look does not last for ever. */
const inARowMax = 20

export function createClip(needs: ClipNeeds): Clips {
  const leaving = new AbortController()
  const { signal } = leaving
  const next = (lane: Lane) => workNext(needs, { lane, signal })
  const drain = async (lane: Lane) => {
    for (let count = 0; count < inARowMax && !signal.aborted; count++)
      if (!(await next(lane))) return
  }
  return {
    handlers: createHandlers(needs),
    workNext: next,
    work(jobs) {
      jobs.every('clip.copy', lookEverySec.quick, () => drain('quick'))
      jobs.every('clip.encode', lookEverySec.slow, () => drain('slow'))
    },
    stop: () => leaving.abort(),
  }
}
