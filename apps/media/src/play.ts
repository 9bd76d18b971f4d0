import type { Hub } from '@kaibo/media/hub/hub'
import { type Exchange, openStream, reply } from './http-reply.ts'
import type { PlayGate } from './play-gate.ts'

export type PlayNeeds = {
  readonly hub: Hub
  readonly gate: PlayGate
}

const FLV = /^\/live\/([A-Za-z0-9_-]{1,64})\.flv$/
const FLV_VIEWERS_MAX = 2_000

/** What players fetch: HTTP-FLV, and the LL-HLS playlist with its files. */
export const createPlay = (needs: PlayNeeds) => {
  const flv = async (streamId: string, exchange: Exchange): Promise<void> => {
    const { request, response } = exchange
    if (!needs.gate.admits(streamId, exchange)) return reply(response, { status: 403 })
    const stream = needs.hub.find(streamId)
    if (stream === undefined) return reply(response, { status: 404 })
    const viewerCount = needs.hub.list().reduce((sum, { flv }) => sum + flv.viewerCount, 0)
    if (viewerCount >= FLV_VIEWERS_MAX) {
      return reply(response, { status: 503, headers: { 'retry-after': '5' } })
    }
    request.socket.setNoDelay(true)
    openStream(response, 'video/x-flv')
    if (request.method === 'HEAD') response.end()
    else response.on('close', stream.flv.join(response))
  }

  return async (exchange: Exchange): Promise<void> => {
    const flvId = FLV.exec(exchange.path)?.[1]
    if (flvId !== undefined) return flv(flvId, exchange)
    return reply(exchange.response, { status: 404 })
  }
}
