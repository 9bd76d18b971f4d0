import { faultSec, faultsOf } from '@kaibo/contract/media/patrol-life'
import { reasonOf } from '@kaibo/db/log'
import { secondMs } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import type { PatrolNeeds } from './needs.ts'
import { createQueue } from './queue.ts'
import type { ImageReviewer, PictureToReview } from './reviewer.ts'
import { isLasting, type KeptFinding, keepFindings, missedCount, paceOf, paceSec } from './rules.ts'
import * as alerts from './store/alert.ts'
import * as rooms from './store/room.ts'

/** Pictures asked for at a time; the provider makes them one by one. */
const asksMax = 4
/** What is larger is no picture to look at. */
const jpegBytesMax = 1024 * 1024
const waitingMax = 32
const reviewersMax = 4
const reviewMsMax = 10_000
const streamsMax = 50
const streamEverySec = 4

/** What this process has done since its start, for its metrics. */
export type PatrolCounts = {
  pictures: number
  /** Asked for and not had. */
  failed: number
  /** Due and never taken, because there was too much to look at. */
  missed: number
  /** Taken, and too old before the reviewer came to them. */
  dropped: number
  reviewed: number
  /** The reviewer could not tell. */
  unreviewed: number
  badStreams: number
}

export type Watch = {
  /** Asks for the pictures that are due and that nobody else asks for; comes back at once. */
  look(): Promise<void>
  /** Looks how streams arrive that are due for it. */
  checkStreams(): Promise<void>
  /** Resolves when nothing is being asked or judged. */
  idle(): Promise<void>
  counts(): PatrolCounts
}

/** Looks at rooms: pictures come at the room's pace, are kept small, and go to the reviewer. */
export function createWatch(needs: PatrolNeeds): Watch {
  const { database, provider, reviewer } = needs
  const tally = { pictures: 0, failed: 0, missed: 0, reviewed: 0, unreviewed: 0, badStreams: 0 }
  const asking = new Set<Promise<void>>()
  const queue = createQueue<Shot>({
    sizeMax: waitingMax,
    workersMax: reviewersMax,
    work: shot =>
      reviewer ? review(needs, reviewer, shot).then(done => void tally[done]++) : Promise.resolve(),
  })

  const ask = async (room: rooms.ClaimedRoom) => {
    const { liveId, claimedAt } = room
    const jpeg = await provider.snapshot(liveId).catch(() => null)
    const isPicture = jpeg !== null && jpeg.byteLength <= jpegBytesMax
    const dueAt = new Date(claimedAt.getTime() + paceSec[paceOf(room, claimedAt)] * secondMs)
    const shot = await database.tx(async tx => {
      await rooms.settle(tx, liveId, dueAt)
      const [before] = isPicture && reviewer ? await rooms.pictures(tx, liveId, 1) : []
      const kept = isPicture ? await rooms.keepPicture(tx, { liveId, jpeg }) : null
      return kept && isPicture ? { ...kept, jpeg, previous: before?.jpeg ?? null } : null
    })
    tally[shot ? 'pictures' : 'failed'] += 1
    if (shot) queue.add(shot)
  }

  return {
    async look() {
      const freeCount = asksMax - asking.size
      if (freeCount <= 0) return
      for (const room of await database.tx(tx => rooms.claimPictures(tx, freeCount))) {
        tally.missed += missedCount(room.lateMs, paceOf(room, room.claimedAt))
        const asked = ask(room)
          .catch(error => needs.log.warn({ reason: reasonOf(error) }, 'a picture was lost'))
          .finally(() => asking.delete(asked))
        asking.add(asked)
      }
    },
    async checkStreams() {
      const due = await database.tx(tx =>
        rooms.claimStreams(tx, { limit: streamsMax, everySec: streamEverySec }),
      )
      const faulty = await Promise.all(due.map(room => checkStream(needs, room)))
      tally.badStreams = faulty.filter(isFaulty => isFaulty).length
    },
    async idle() {
      while (asking.size > 0) await Promise.all(asking)
      await queue.idle()
    },
    counts: () => ({ ...tally, dropped: queue.counts.dropped }),
  }
}

type Shot = rooms.PictureRow & Pick<PictureToReview, 'jpeg' | 'previous'>

/** Has one picture judged. Never rejects: without an answer people judge alone. */
async function review(
  needs: PatrolNeeds,
  reviewer: ImageReviewer,
  shot: Shot,
): Promise<'reviewed' | 'unreviewed'> {
  const { liveId, jpeg, previous } = shot
  try {
    const signal = AbortSignal.timeout(reviewMsMax)
    const findings = await reviewer.review({ liveId, jpeg, previous, signal })
    await takeFindings(needs, shot, findings)
    return 'reviewed'
  } catch (error) {
    needs.log.warn({ liveId, reason: reasonOf(error) }, 'a picture was not judged')
    return 'unreviewed'
  }
}

/** Keeps what was found: what lasts raises an alert, or cuts the room. */
async function takeFindings(
  needs: PatrolNeeds,
  { liveId, takenAt, id: pictureId }: Shot,
  findings: Parameters<typeof keepFindings>[1],
): Promise<void> {
  const block = await needs.database.tx(async tx => {
    const room = await rooms.lockOnAir(tx, liveId)
    // Judged out of order: a newer picture has been judged already.
    if (!room || (room.findingsAt && room.findingsAt >= takenAt)) return undefined
    const kept = keepFindings(room.findings, findings, takenAt)
    await rooms.setFindings(tx, { liveId, findings: kept, at: takenAt })
    const lasting = kept.filter(finding => isLasting(finding, takenAt))
    for (const finding of lasting.filter(each => isNews(each, room))) {
      const alert = { liveId, shopId: room.shopId, kind: 'picture', excerpt: '' } as const
      const isBlocking = finding.verdict === 'block'
      await alerts.raise(tx, { ...alert, label: finding.label, isBlocking })
    }
    if (lasting.length > 0) await rooms.watchClosely(tx, liveId)
    return lasting.find(({ verdict }) => verdict === 'block')
  })
  if (!block) return
  const { label, reason = 'other' } = block
  await needs.verdict.cutByReviewer({ liveId, pictureId, reason, label })
}

/** What lasted before already is no news: one alert for one stretch of it. */
const isNews = (finding: KeptFinding, { findings, findingsAt }: rooms.RoomRow): boolean =>
  !findings.some(
    before => before.label === finding.label && findingsAt && isLasting(before, findingsAt),
  )

/** Keeps what is wrong with a stream; what lasts is an alarm, which goes when it gets well. */
async function checkStream({ database, provider }: PatrolNeeds, room: rooms.RoomRow) {
  const { liveId, shopId } = room
  const health = await provider.health(liveId).catch(() => null)
  const [fault = null] = health ? faultsOf(health) : []
  if (fault === null && room.fault === null) return false
  await database.tx(async tx => {
    await rooms.setFault(tx, liveId, fault)
    if (fault === null) await alerts.handleAll(tx, liveId, { kind: 'stream', byId: null })
    else if (hasLasted(room.faultSince)) await raiseOnce(tx, { liveId, shopId, label: fault })
  })
  return fault !== null
}

const hasLasted = (since: Date | null): boolean =>
  since !== null && Date.now() - since.getTime() > faultSec * secondMs

async function raiseOnce(
  tx: Parameters<typeof alerts.raise>[0],
  { label, ...room }: { liveId: Id; shopId: Id; label: string },
): Promise<void> {
  const open = await alerts.openOf(tx, [room.liveId])
  if (open.some(alert => alert.kind === 'stream' && alert.label === label)) return
  await alerts.raise(tx, { ...room, kind: 'stream', label, excerpt: '', isBlocking: false })
}
