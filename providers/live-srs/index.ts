import type { PlayEndpoint, StreamHealth } from '@kaibo/contract/show/live'
import type { LatencyMode } from '@kaibo/contract/show/live-life'
import type { Clock } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import { signPlay } from '@kaibo/media/play-token'
import type { LiveProvider } from '@kaibo/modules/live'
import { keyParameter, listed, noHealth } from '../live-vendor/index.ts'
import { createSrsApi, type SrsStream } from './api.ts'
import { readHook } from './hooks.ts'

export type LiveSrsNeeds = {
  readonly clock: Clock
  /** Signs play addresses; never leaves this server. */
  readonly secret: string
  /** Where encoders publish, with the application: `rtmp://srs.example/live`. */
  readonly rtmpUrl: string
  /** Origin of HTTP-FLV and HLS: SRS's http_server, its edges, or what stands before them. */
  readonly playUrl: string
  /** Origin of WHIP and WHEP, as browsers reach it; empty = neither. */
  readonly webrtcUrl: string
  /** Origin of the HTTP interface, as this server reaches it. */
  readonly apiUrl: string
  /** `user:password` of the HTTP interface; empty = it asks for none. */
  readonly apiAuth: string
}

const playSec = 4 * 3_600

type Protocol = 'whep' | 'flv' | 'hls'
const expectedLatencyMs: Record<Protocol, number> = { whep: 500, flv: 1_500, hls: 8_000 }
const protocolsOf: Record<LatencyMode, readonly Protocol[]> = {
  standard: ['hls'],
  low: ['flv', 'hls'],
  realtime: ['whep', 'flv', 'hls'],
}

/** An SRS server, or a cluster behind one name, as {@link LiveProvider}. */
export function createLiveSrs(needs: LiveSrsNeeds): LiveProvider {
  const app = new URL(needs.rtmpUrl).pathname.slice(1)
  const api = createSrsApi({ apiUrl: needs.apiUrl, auth: needs.apiAuth, app })
  const list = async () =>
    new Map((await api.streams()).map(stream => [stream.name, healthOf(stream)]))
  const cut = async (id: Id) => {
    const clientId = (await api.streams()).find(({ name }) => name === id)?.publish.cid
    if (clientId !== undefined) await api.cut(clientId)
  }
  const endpointOf = (protocol: Protocol, streamId: Id, token: string): PlayEndpoint => ({
    protocol,
    url: urlOf(needs, { app, streamId, token })[protocol],
    expectedLatencyMs: expectedLatencyMs[protocol],
  })
  const play: LiveProvider['play'] = (streamId, { latency }) => {
    const expSec = Math.floor(needs.clock.now().getTime() / 1_000) + playSec
    const token = signPlay(needs.secret, { streamId, expSec })
    const usable = protocolsOf[latency].filter(name => name !== 'whep' || needs.webrtcUrl)
    return {
      endpoints: usable.map(protocol => endpointOf(protocol, streamId, token)),
      expiresAt: new Date(expSec * 1_000).toISOString(),
    }
  }
  return {
    kind: 'srs',
    caps: { gate: 'asked', snapshot: true },
    rtmpUrl: () => needs.rtmpUrl,
    pushKey: async ({ id, secret }) => ({
      streamKey: `${id}?${keyParameter}=${secret}`,
      expiresAt: null,
    }),
    browserIngest: (_host, { id, ticket }) => ({
      endpoints: needs.webrtcUrl
        ? [{ protocol: 'whip', url: whipUrl(needs, app, { id, ticket }) }]
        : [],
      iceServers: [],
    }),
    play,
    pageOrigins: () => [...new Set([needs.playUrl, needs.webrtcUrl])].filter(url => url !== ''),
    kick: cut,
    end: cut,
    ...listed({ clock: needs.clock, everyMs: 0, play, list }),
    verifyCallback: async request => readHook({ ...needs, app }, request),
  }
}

const whipUrl = (
  { webrtcUrl }: LiveSrsNeeds,
  app: string,
  { id, ticket }: { id: Id; ticket: string },
) => `${webrtcUrl}/rtc/v1/whip/?app=${app}&stream=${id}&${keyParameter}=${ticket}`

const urlOf = (
  { playUrl, webrtcUrl }: LiveSrsNeeds,
  { app, streamId, token }: { app: string; streamId: Id; token: string },
): Record<Protocol, string> => ({
  whep: `${webrtcUrl}/rtc/v1/whep/?app=${app}&stream=${streamId}&t=${token}`,
  flv: `${playUrl}/${app}/${streamId}.flv?t=${token}`,
  hls: `${playUrl}/${app}/${streamId}.m3u8?t=${token}`,
})

/** SRS counts frames but not by time, and measures neither key frames nor delay. */
const healthOf = (stream: SrsStream): StreamHealth => ({
  ...noHealth,
  state: 'live',
  bitrateKbps: Math.round(stream.kbps?.recv_30s ?? 0),
  codecs: [stream.video?.codec, stream.audio?.codec].filter(Boolean).join(','),
})
