import type { StreamHealth } from '@kaibo/contract/show/live'
import type { LatencyMode } from '@kaibo/contract/show/live-life'
import { secondMs } from '@kaibo/kernel/clock'
import type { LiveProvider } from '@kaibo/modules/live'
import { keyParameter, listed, noHealth, unixSec } from '../live-vendor/index.ts'
import { createTencentApi, type Pushed, type TencentApiNeeds } from './api.ts'
import { readCallback } from './callbacks.ts'
import { type Signing, signStream } from './sign.ts'

export type LiveTencentNeeds = TencentApiNeeds & {
  readonly pushKey: string
  /** How long a push address is good for. */
  readonly pushSec: number
  readonly playDomain: string
  readonly playKey: string
  /** As chosen in the console, for both domains. */
  readonly signing: Signing
  readonly callbackKey: string
}

const playSec = 4 * 3_600
/** The cloud asks not to list streams often. */
const listEveryMs = 15 * secondMs
/** Nobody can be kept out longer. */
const forbidSecMax = 90 * 86_400

const suffixOf = { flv: '.flv', hls: '.m3u8' }
type Protocol = keyof typeof suffixOf
const expectedLatencyMs: Record<Protocol, number> = { flv: 3_000, hls: 9_000 }
const protocolsOf: Record<LatencyMode, readonly Protocol[]> = {
  standard: ['hls'],
  low: ['flv', 'hls'],
  realtime: ['flv', 'hls'],
}

/** Tencent Cloud Streaming Services (云直播) as {@link LiveProvider}. */
export function createLiveTencent(needs: LiveTencentNeeds): LiveProvider {
  const { clock, signing, app } = needs
  const api = createTencentApi(needs)
  const inSec = (sec: number) => unixSec(clock.now()) + sec
  const isoOf = (sec: number) => new Date(sec * secondMs).toISOString()

  const play: LiveProvider['play'] = (stream, { latency }) => {
    const expSec = inSec(playSec)
    const query = signStream({ key: needs.playKey, signing }, { stream, expSec })
    const base = `https://${needs.playDomain}/${app}/${stream}`
    return {
      endpoints: protocolsOf[latency].map(protocol => ({
        protocol,
        url: `${base}${suffixOf[protocol]}?${query}`,
        expectedLatencyMs: expectedLatencyMs[protocol],
      })),
      expiresAt: isoOf(expSec),
    }
  }

  const list = async () =>
    new Map((await api.pushed()).map(stream => [stream.StreamName, healthOf(stream)]))

  return {
    kind: 'tencent',
    caps: { gate: 'signed', snapshot: true },
    rtmpUrl: () => `rtmp://${needs.pushDomain}/${app}`,
    async pushKey({ id: stream, secret }) {
      const expSec = inSec(needs.pushSec)
      const query = signStream({ key: needs.pushKey, signing }, { stream, expSec })
      return {
        streamKey: `${stream}?${query}&${keyParameter}=${secret}`,
        expiresAt: isoOf(expSec),
      }
    },
    browserIngest: () => ({ endpoints: [], iceServers: [] }),
    play,
    pageOrigins: () => [`https://${needs.playDomain}`],
    kick: id => api.drop(id),
    // Until then the last address that was given out can still be pushed to.
    end: id =>
      api.forbid(id, {
        until: new Date(inSec(Math.min(needs.pushSec, forbidSecMax)) * secondMs),
        reason: 'ended',
      }),
    reopen: id => api.resume(id),
    ...listed({ clock, everyMs: listEveryMs, play, list }),
    verifyCallback: async request => readCallback(needs, request),
  }
}

/** The gap of key frames and the delay are not told by the list. */
const healthOf = (stream: Pushed): StreamHealth => ({
  ...noHealth,
  state: 'live',
  bitrateKbps: Math.round(((stream.VideoSpeed ?? 0) + (stream.AudioSpeed ?? 0)) / 1_000),
  framesPerSec: stream.VideoFps ?? 0,
  codecs: [stream.Vcodec, stream.Acodec].filter(Boolean).join(','),
})
