import { createHash, timingSafeEqual } from 'node:crypto'
import type { MediaStreamState } from '@kaibo/media/control-client'
import type { Hub } from '@kaibo/media/hub/hub'
import { type Exchange, reply, replyJson } from './http-reply.ts'
import type { MediaPart } from './part.ts'
import type { Troubles } from './troubles.ts'

export type ControlNeeds = {
  readonly secret: string
  readonly hub: Hub
  streamStates(): MediaStreamState[]
  /** A JPEG of the newest key frame, or undefined when there is none to be had. */
  snapshot(streamId: string): Promise<Buffer | undefined>
  readonly troubles: Pick<Troubles, 'list'>
}

const BODY_BYTES_MAX = 4096

/** The control endpoints, for the app server alone. */
export const createControlPart = (needs: ControlNeeds): MediaPart => {
  const isAllowed = createBearerCheck(needs.secret)

  const handle = async ({ request, response, path }: Exchange): Promise<void> => {
    if (!isAllowed(request.headers.authorization)) return reply(response, { status: 401 })
    const route = `${request.method} ${path}`
    if (route === 'GET /control/streams') {
      const [streams, troubles] = [needs.streamStates(), needs.troubles.list()]
      return replyJson(response, 200, { streams, troubles })
    }
    const { streamId, reason } = readTarget(await readBody(request))
    if (streamId === undefined) return reply(response, { status: 400 })
    switch (route) {
      case 'POST /control/kick':
        return found(response, needs.hub.end(streamId, reason ?? 'kicked'))
      case 'POST /control/end':
        return found(response, needs.hub.end(streamId, 'ended_by_host'))
      case 'POST /control/snapshot': {
        const body = await needs.snapshot(streamId)
        return reply(response, body ? { status: 200, type: 'image/jpeg', body } : { status: 204 })
      }
      default:
        return reply(response, { status: 404 })
    }
  }
  return { routes: [{ path: /^\/control\//, methods: ['GET', 'POST'], handle }] }
}

const found = (response: Exchange['response'], isFound: boolean): void =>
  replyJson(response, isFound ? 200 : 404, { ok: isFound })

/** Compares digests, so that neither content nor length of the secret shows in the timing. */
export const createBearerCheck = (secret: string) => {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const expected = digest(`Bearer ${secret}`)
  return (header: string | undefined) => timingSafeEqual(digest(header ?? ''), expected)
}

const readBody = async (request: Exchange['request']): Promise<unknown> => {
  const pieces: Buffer[] = []
  let byteCount = 0
  for await (const piece of request) {
    byteCount += piece.length
    if (byteCount > BODY_BYTES_MAX) return undefined
    pieces.push(piece)
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8'))
  } catch {
    return undefined
  }
}

const readTarget = (body: unknown): { streamId?: string; reason?: string } => {
  if (typeof body !== 'object' || body === null) return {}
  const streamId = 'streamId' in body ? body.streamId : undefined
  const reason = 'reason' in body ? body.reason : undefined
  return {
    ...(typeof streamId === 'string' ? { streamId } : {}),
    ...(typeof reason === 'string' ? { reason: reason.slice(0, 64) } : {}),
  }
}
