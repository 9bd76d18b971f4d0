import { createLlHlsChannel, type LlHlsChannel } from '@kaibo/media/llhls/channel'
import type { PlaylistWish } from '@kaibo/media/llhls/origin'
import { type Exchange, reply } from '../http-reply.ts'
import type { MediaPart } from '../part.ts'
import { type PlayGate, refuseViewer } from './gate.ts'

const PLAYLIST = /^\/live\/([A-Za-z0-9_-]{1,64})\/index\.m3u8$/
const PLAIN_PLAYLIST = /^\/live\/([A-Za-z0-9_-]{1,64})\/hls\.m3u8$/
const FILE = /^\/live\/([A-Za-z0-9_-]{1,64})\/([A-Za-z0-9_-]{1,64})\/([a-z0-9.]{1,32})$/
/** Players still fetch the end of a stream after it: the last segments and the closing playlist. */
const ENDED_KEPT_MS = 30_000

/** LL-HLS, plain HLS for players that know no better, and the files that both name. */
export const createHlsPart = ({ gate }: { gate: PlayGate }): MediaPart => {
  const channels = new Map<string, LlHlsChannel>()

  const playlist = async (exchange: Exchange): Promise<void> => {
    const { response, path, query } = exchange
    const streamId = PLAYLIST.exec(path)?.[1] ?? ''
    const admission = gate.admitsPoll(streamId, exchange)
    if (admission !== 'ok') return refuseViewer(response, admission)
    const wish = readWish(query)
    const body = wish ? await channels.get(streamId)?.origin.playlist(wish) : 'refused'
    if (body === 'refused') return reply(response, { status: 400 })
    replyPlaylist(response, body)
  }

  const plainPlaylist = async (exchange: Exchange): Promise<void> => {
    const { response, path } = exchange
    const streamId = PLAIN_PLAYLIST.exec(path)?.[1] ?? ''
    const admission = gate.admitsPoll(streamId, exchange)
    if (admission !== 'ok') return refuseViewer(response, admission)
    replyPlaylist(response, await channels.get(streamId)?.origin.plainPlaylist())
  }

  const file = async ({ response, path }: Exchange): Promise<void> => {
    const [, streamId = '', folder, name = ''] = FILE.exec(path) ?? []
    const origin = channels.get(streamId)?.origin
    const body = origin?.folder === folder ? await origin?.file(name) : undefined
    if (body === undefined) return reply(response, { status: 404 })
    const cacheControl = 'public, max-age=3600, immutable'
    return reply(response, { status: 200, type: 'video/mp4', cacheControl, body })
  }

  const forgetLater = (streamId: string, channel: LlHlsChannel): void => {
    const forget = () => {
      if (channels.get(streamId) === channel) channels.delete(streamId)
    }
    setTimeout(forget, ENDED_KEPT_MS).unref()
  }

  return {
    routes: [
      { path: PLAYLIST, methods: ['GET', 'HEAD'], handle: playlist },
      { path: PLAIN_PLAYLIST, methods: ['GET', 'HEAD'], handle: plainPlaylist },
      { path: FILE, methods: ['GET', 'HEAD'], handle: file },
    ],
    createConsumers(streamId) {
      const channel = createLlHlsChannel()
      channels.set(streamId, channel)
      const { packager } = channel
      const end = () => {
        packager.end()
        forgetLater(streamId, channel)
      }
      return [{ handlePacket: packet => packager.handlePacket(packet), end }]
    },
    viewerCount: (streamId, kind) => (kind === 'hls' ? gate.pollerCount(streamId) : 0),
  }
}

const replyPlaylist = (response: Exchange['response'], body: string | undefined): void => {
  const type = 'application/vnd.apple.mpegurl'
  const found = { status: 200, type, cacheControl: 'no-cache' }
  reply(response, body === undefined ? { status: 404 } : { ...found, body })
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
