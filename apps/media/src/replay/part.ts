import { verifyPlay } from '@kaibo/media/play-token'
import { createDiskWatch } from '@kaibo/media/record/disk-watch'
import { openPieceFile } from '@kaibo/media/record/piece-writer'
import { replayTokenOf } from '@kaibo/media/record/replay-token'
import { createShelf } from '@kaibo/media/record/shelf'
import type { Logger } from 'pino'
import type { AppLink } from '../app-link.ts'
import type { MediaConfig } from '../config.ts'
import { createBearerCheck } from '../control.ts'
import { type Exchange, reply, replyJson } from '../http-reply.ts'
import { counter, gauge } from '../metrics.ts'
import type { MediaPart } from '../part.ts'
import { createRecordings } from './recordings.ts'
import { sendFile } from './send-file.ts'

export type ReplayNeeds = {
  readonly config: Pick<MediaConfig, 'secret' | 'recordingsDir' | 'freeBytesMin'>
  readonly app: Pick<AppLink, 'tell' | 'mayRecord'>
  readonly log: Logger
}

const DISK_CHECK_MS = 5_000
const REPLAY = /^\/replay\/(([0-9a-f]{32})\/[a-z0-9.-]{1,32})$/
const CONTROL = /^\/control\/recordings(?:\/([A-Za-z0-9_-]{1,64}(?:\/[a-z0-9.-]{1,32})?))?$/

/** Records every stream that the app server wants kept, and serves what was recorded. */
export const createReplayPart = ({ config, app, log }: ReplayNeeds): MediaPart => {
  const shelf = createShelf(config.recordingsDir)
  const disk = createDiskWatch({
    directory: config.recordingsDir,
    freeBytesMin: config.freeBytesMin,
  })
  const recordings = createRecordings({
    ...{ shelf, disk, openPiece: openPieceFile },
    onPiece: (streamId, data) => app.tell({ streamId, type: 'recorded', data }),
    onFailure(streamId, code) {
      log.error({ streamId, code }, 'recording interrupted')
      disk.check().catch(() => {})
    },
  })
  const isAllowed = createBearerCheck(config.secret)

  const replay = async (exchange: Exchange): Promise<void> => {
    const [, key = '', folder = ''] = REPLAY.exec(exchange.path) ?? []
    const play = { streamId: replayTokenOf(folder), token: exchange.query.get('t') ?? '' }
    const isAdmitted = verifyPlay(config.secret, { ...play, nowSec: Date.now() / 1000 }) === 'ok'
    if (!isAdmitted) return reply(exchange.response, { status: 403 })
    const path = shelf.pathOf(key)
    return path ? sendFile(path, exchange) : reply(exchange.response, { status: 404 })
  }

  const control = async ({ request, response, path }: Exchange): Promise<void> => {
    if (!isAllowed(request.headers.authorization)) return reply(response, { status: 401 })
    const [, target] = CONTROL.exec(path) ?? []
    if (request.method === 'DELETE') {
      if (target) await shelf.remove(target)
      return replyJson(response, 200, { ok: true })
    }
    if (target === undefined) {
      return replyJson(response, 200, { disk: disk.disk, streams: await shelf.streams() })
    }
    const folder = await shelf.find(target)
    return folder ? replyJson(response, 200, folder) : reply(response, { status: 404 })
  }

  return {
    routes: [
      { path: REPLAY, methods: ['GET', 'HEAD'], handle: replay },
      { path: CONTROL, methods: ['GET', 'DELETE'], handle: control },
    ],
    async start() {
      // Whatever is wrong with the disk, live goes on: nothing is recorded then.
      await shelf.repair().catch((error: unknown) => log.error({ err: error }, 'no recordings'))
      await disk.check()
      setInterval(() => void disk.check(), DISK_CHECK_MS).unref()
    },
    createConsumers: streamId => (app.mayRecord(streamId) ? [recordings.begin(streamId)] : []),
    samples: () => [
      gauge('recordings', 'Streams that are being recorded.', recordings.activeCount),
      gauge('recordings_free_bytes', 'Free on the disk of recordings.', disk.disk.freeBytes),
      gauge('recordings_paused', '1 while the disk is too full.', Number(disk.disk.state !== 'ok')),
      counter('recording_failures_total', 'Pieces a disk refused.', recordings.failureCount),
    ],
    stop: () => recordings.stop(),
  }
}
