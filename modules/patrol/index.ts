import type { Handlers } from '@kaibo/contract/core/handlers'
import type { patrolApi } from '@kaibo/contract/media/patrol'
import type { Db } from '@kaibo/db/database'
import type { Jobs } from '@kaibo/db/jobs'
import type { Subscriber } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import { alertSubscribers } from './alerts.ts'
import type { PatrolNeeds } from './needs.ts'
import { createHandlers } from './routes.ts'
import { type Scene, sceneOf } from './scene.ts'
import * as alerts from './store/alert.ts'
import * as rooms from './store/room.ts'
import { createWatch, type PatrolCounts, type Watch } from './watch.ts'

export type { PatrolNeeds } from './needs.ts'
export type { Finding, ImageReviewer, PictureToReview } from './reviewer.ts'
export type { PatrolCounts }

export type Patrol = Watch & {
  readonly handlers: Handlers<typeof patrolApi>
  readonly subscribers: readonly Subscriber[]
  /** What was seen and heard of a room lately, for evidence; the picture in question first. */
  sceneOf(db: Db, of: { liveId: Id; pictureId: Id | null }): Promise<Scene>
  /** Forgets what need not be kept any more. */
  forget(): Promise<void>
  /** Declares what this process does in the background; before the jobs start. */
  work(jobs: Pick<Jobs, 'every'>): void
}

const lookEverySec = 0.5
const streamsEverySec = 2
const forgetEverySec = 600

/** Watches over rooms on air 巡查: pictures, what a reviewer finds in them, alerts, the wall. */
export function createPatrol(needs: PatrolNeeds): Patrol {
  const watch = createWatch(needs)
  const forget = () =>
    needs.database.tx(async tx => {
      await rooms.forget(tx)
      await alerts.forget(tx)
    })
  return {
    ...watch,
    handlers: createHandlers(needs),
    subscribers: alertSubscribers(needs),
    sceneOf,
    forget,
    work(jobs) {
      jobs.every('patrol.look', lookEverySec, watch.look)
      jobs.every('patrol.streams', streamsEverySec, watch.checkStreams)
      jobs.every('patrol.forget', forgetEverySec, forget)
    },
  }
}
