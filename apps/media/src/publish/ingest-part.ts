import type { MediaPart } from '../part.ts'
import { type IngestNeeds, IngestSession } from './ingest-session.ts'
import { ipOf } from './offer-body.ts'

export type IngestPartNeeds = Omit<IngestNeeds, 'takeEncoderSlot'> & {
  /** Pictures other than H.264 that may be encoded at a time: half a core each at 720p. */
  readonly encodersMax: number
}

const MESSAGE_BYTES_MAX = 4 * 1024 * 1024
const SESSIONS_MAX = 200
const SESSIONS_PER_IP_MAX = 16
const RETRY_SEC = 5

/** `/ingest`: pages publish over a WebSocket what their MediaRecorder makes, where UDP is blocked. */
export const createIngestPart = (needs: IngestPartNeeds): MediaPart => {
  const sessions = new Set<IngestSession>()
  let encoderCount = 0

  const takeEncoderSlot = () => {
    if (encoderCount >= needs.encodersMax) return undefined
    encoderCount += 1
    return () => {
      encoderCount -= 1
    }
  }

  const isFull = (ip: string): boolean =>
    sessions.size >= SESSIONS_MAX ||
    [...sessions].filter(session => session.ip === ip).length >= SESSIONS_PER_IP_MAX

  return {
    sockets: [
      {
        path: /^\/ingest$/,
        messageBytesMax: MESSAGE_BYTES_MAX,
        admit({ request }) {
          const ip = ipOf(request)
          if (isFull(ip)) {
            needs.onRefused({ ip, reason: 'too_many_connections' })
            return { status: 503, retryAfterSec: RETRY_SEC }
          }
          return {
            open(socket) {
              const session = new IngestSession(socket, ip, { ...needs, takeEncoderSlot })
              sessions.add(session)
              socket.on('close', () => sessions.delete(session))
            },
          }
        },
      },
    ],
    stop() {
      for (const session of sessions) session.cut('shutdown')
    },
  }
}
