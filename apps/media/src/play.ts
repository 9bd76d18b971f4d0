import type { Hub } from '@kaibo/media/hub/hub'
import type { LlHlsOrigin, PlaylistWish } from '@kaibo/media/llhls/origin'
import { type Exchange, openStream, reply } from './http-reply.ts'
import type { PlayGate } from './play-gate.ts'

export type PlayNeeds = {
  readonly hub: Hub
  readonly gate: PlayGate
  findOrigin(streamId: string): LlHlsOrigin | undefined
}

const FLV = /^\/live\/([A-Za-z0-9_-]{1,64})\.flv$/
const PLAYLIST = /^\/live\/([A-Za-z0-9_-]{1,64})\/index\.m3u8$/
const FILE = /^\/live\/([A-Za-z0-9_-]{1,64})\/([A-Za-z0-9_-]{1,64})\/([a-z0-9.]{1,32})$/
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

  const playlist = async (streamId: string, exchange: Exchange): Promise<void> => {
    const { response, query } = exchange
    if (!needs.gate.admitsPoll(streamId, exchange)) return reply(response, { status: 403 })
    const wish = readWish(query)
    const body = wish ? await needs.findOrigin(streamId)?.playlist(wish) : 'refused'
    if (body === 'refused') return reply(response, { status: 400 })
    if (body === undefined) return reply(response, { status: 404 })
    const type = 'application/vnd.apple.mpegurl'
    return reply(response, { status: 200, type, cacheControl: 'no-cache', body })
  }

  const file = async (at: { streamId: string; folder: string; name: string }, to: Exchange) => {
    const origin = needs.findOrigin(at.streamId)
    const body = origin?.folder === at.folder ? await origin.file(at.name) : undefined
    if (body === undefined) return reply(to.response, { status: 404 })
    const cacheControl = 'public, max-age=3600, immutable'
    return reply(to.response, { status: 200, type: 'video/mp4', cacheControl, body })
  }

  return async (exchange: Exchange): Promise<void> => {
    const flvId = FLV.exec(exchange.path)?.[1]
    if (flvId !== undefined) return flv(flvId, exchange)
    const playlistId = PLAYLIST.exec(exchange.path)?.[1]
    if (playlistId !== undefined) return playlist(playlistId, exchange)
    const [, streamId, folder, name] = FILE.exec(exchange.path) ?? []
    if (streamId === undefined || folder === undefined || name === undefined) {
      return reply(exchange.response, { status: 404 })
    }
    return file({ streamId, folder, name }, exchange)
  }
}

/** `_HLS_msn` and `_HLS_part`; undefined when they are not numbers. */
const readWish = (query: URLSearchParams): PlaylistWish | undefined => {
  const read = (name: string) => {
    const text = query.get(name)
    return text === null ? undefined : /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  }
  const [sequence, part] = [read('_HLS_msn'), read('_HLS_part')]
  if (Number.isNaN(sequence) || Number.isNaN(part)) return undefined
  return {
    ...(sequence === undefined ? {} : { sequence }),
    ...(part === undefined ? {} : { part }),
  }
}
