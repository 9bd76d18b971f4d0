import type { StreamHealth } from '@kaibo/contract/show/live'
import {
  type LatencyMode,
  type PlayProtocol,
  type PublishTrouble,
  publishTroubles,
} from '@kaibo/contract/show/live-life'
import type { Clock } from '@kaibo/kernel/clock'
import { isId } from '@kaibo/kernel/ids'
import { createMediaControl, type MediaStreamState } from '@kaibo/media/control-client'
import { signPlay } from '@kaibo/media/play-token'
import type { IceServer } from '@kaibo/media/webrtc/ice-servers'
import type { LiveProvider } from '@kaibo/modules/live'

export type LiveEmbeddedNeeds = {
  readonly clock: Clock
  /** Shared with the media process: signs play addresses and control calls. */
  readonly secret: string
  /** Where this server reaches the media process. */
  readonly controlUrl: string
  readonly rtmpPort: number
  readonly mediaPort: number
  /** Address of the media port for players; empty = the host of the page with `mediaPort`. */
  readonly mediaUrl: string
  /** STUN and TURN servers for browsers, with names that are good from now on. */
  iceServers?(): IceServer[]
}

/** How long a play address is good for; a room hands out fresh ones whenever it is fetched. */
const playSec = 4 * 3_600

const nothing: StreamHealth = {
  state: 'offline',
  bitrateKbps: 0,
  framesPerSec: 0,
  keyFrameGapMs: 0,
  delayMs: 0,
  codecs: '',
  trouble: null,
}

const pathOf: Record<PlayProtocol, (streamId: string) => string> = {
  whep: streamId => `/whep/${streamId}`,
  flv: streamId => `/live/${streamId}.flv`,
  wsflv: streamId => `/live/${streamId}.flv`,
  llhls: streamId => `/live/${streamId}/index.m3u8`,
  hls: streamId => `/live/${streamId}/hls.m3u8`,
}
/** As measured from glass to glass (bench/media); plain HLS keeps three segments of two seconds. */
const latencyMsOf = { whep: 200, flv: 500, wsflv: 500, llhls: 1_200, hls: 6_500 }
const protocolsOf = {
  standard: ['hls', 'llhls'],
  low: ['flv', 'wsflv', 'llhls', 'hls'],
  realtime: ['whep', 'flv', 'wsflv', 'llhls', 'hls'],
} as const satisfies Record<LatencyMode, readonly PlayProtocol[]>

/** Our own media process as {@link LiveProvider}. */
export function createLiveEmbedded(needs: LiveEmbeddedNeeds): LiveProvider {
  const control = createMediaControl({ baseUrl: needs.controlUrl, secret: needs.secret })
  /** Null while the media process cannot be asked. */
  const streams = () => control.streams().catch(() => null)
  return {
    kind: 'embedded',
    caps: { gate: 'asked', snapshot: true },
    rtmpUrl: host => `rtmp://${hostName(host)}:${needs.rtmpPort}/live`,
    pushKey: async ({ secret: streamKey }) => ({ streamKey, expiresAt: null }),
    browserIngest(host) {
      const base = playBase(needs, host)
      return {
        endpoints: [
          { protocol: 'whip', url: `${base}/whip` },
          { protocol: 'ws', url: `${toSocketUrl(base)}/ingest` },
        ],
        iceServers: needs.iceServers?.() ?? [],
      }
    },
    play(streamId, { host, latency }) {
      const expSec = Math.floor(needs.clock.now().getTime() / 1_000) + playSec
      const base = playBase(needs, host)
      const baseOf = (protocol: PlayProtocol) => (protocol === 'wsflv' ? toSocketUrl(base) : base)
      const token = signPlay(needs.secret, { streamId, expSec })
      return {
        endpoints: protocolsOf[latency].map(protocol => ({
          protocol,
          url: `${baseOf(protocol)}${pathOf[protocol](streamId)}?t=${token}`,
          expectedLatencyMs: latencyMsOf[protocol],
        })),
        expiresAt: new Date(expSec * 1_000).toISOString(),
      }
    },
    pageOrigins: host => [playBase(needs, host), toSocketUrl(playBase(needs, host))],
    async kick(streamId, reason) {
      await control.kick(streamId, reason)
    },
    async end(streamId) {
      await control.end(streamId)
    },
    async health(streamId) {
      const known = await control.standing().catch(() => null)
      const stream = known?.streams.find(candidate => candidate.streamId === streamId)
      const trouble = known?.troubles.find(candidate => candidate.streamId === streamId)
      return {
        ...(stream ? healthOf(stream) : nothing),
        trouble: trouble ? { reason: troubleOf(trouble.reason), agoSec: trouble.agoSec } : null,
      }
    },
    snapshot: async streamId => (await control.snapshot(streamId).catch(() => null)) ?? null,
    async onAir() {
      const live = (await streams())?.filter(stream => stream.state === 'live')
      return live ? new Set(live.map(stream => stream.streamId).filter(isId)) : null
    },
  }
}

/** Where players find the media port, for a page that was reached at `host`. */
export const playBase = (
  { mediaUrl, mediaPort }: Pick<LiveEmbeddedNeeds, 'mediaUrl' | 'mediaPort'>,
  host: string,
) => mediaUrl || `http://${hostName(host)}:${mediaPort}`

/** `http…` becomes `ws…`. */
const toSocketUrl = (url: string): string => url.replace(/^http/, 'ws')

/** `host` without its port; IPv6 keeps its brackets. */
const hostName = (host: string): string => host.replace(/:\d+$/, '') || 'localhost'

const troubleOf = (reason: string): PublishTrouble =>
  publishTroubles.find(known => known === reason) ?? 'other'

const healthOf = (stream: MediaStreamState): Omit<StreamHealth, 'trouble'> => ({
  state: stream.state,
  bitrateKbps: Math.round(stream.bitrateBps / 1_000),
  framesPerSec: Math.round(stream.fps * 10) / 10,
  keyFrameGapMs: stream.keyFrameGapMs,
  delayMs: stream.delayMs,
  codecs: stream.codec,
})
