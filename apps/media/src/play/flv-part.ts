import type { Hub } from '@kaibo/media/hub/hub'
import { type Exchange, openStream, reply } from '../http-reply.ts'
import type { MediaPart } from '../part.ts'
import type { PlayGate } from './gate.ts'

const PATH = /^\/live\/([A-Za-z0-9_-]{1,64})\.flv$/
const VIEWERS_MAX = 2_000

/** HTTP-FLV. */
export const createFlvPart = ({ hub, gate }: { hub: Hub; gate: PlayGate }): MediaPart => {
  const handle = async (exchange: Exchange): Promise<void> => {
    const { request, response, path } = exchange
    const streamId = PATH.exec(path)?.[1] ?? ''
    if (!gate.admits(streamId, exchange)) return reply(response, { status: 403 })
    const stream = hub.find(streamId)
    if (stream === undefined) return reply(response, { status: 404 })
    const viewerCount = hub.list().reduce((sum, { flv }) => sum + flv.viewerCount, 0)
    if (viewerCount >= VIEWERS_MAX) {
      return reply(response, { status: 503, headers: { 'retry-after': '5' } })
    }
    request.socket.setNoDelay(true)
    openStream(response, 'video/x-flv')
    if (request.method === 'HEAD') response.end()
    else response.on('close', stream.flv.join(response))
  }
  return {
    routes: [{ path: PATH, methods: ['GET', 'HEAD'], handle }],
    viewerCount: (streamId, kind) =>
      kind === 'flv' ? (hub.find(streamId)?.flv.viewerCount ?? 0) : 0,
  }
}
