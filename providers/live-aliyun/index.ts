import { randomBytes } from 'node:crypto'
import type { StreamHealth } from '@kaibo/contract/show/live'
import type { LatencyMode } from '@kaibo/contract/show/live-life'
import { secondMs } from '@kaibo/kernel/clock'
import type { LiveProvider } from '@kaibo/modules/live'
import { keyParameter, listed, noHealth, unixSec } from '../live-vendor/index.ts'
import { type AliyunApiNeeds, createAliyunApi, type Online } from './api.ts'
import { readCallback } from './callbacks.ts'
import { signUri } from './sign.ts'

export type LiveAliyunNeeds = AliyunApiNeeds & {
  readonly pushKey: string
  /** How long a push address is good for at least. */
  readonly pushSec: number
  readonly playKey: string
  readonly callbackKey: string
  /** The host of the address that was given to the cloud. */
  readonly callbackHost: string
}

const playSec = 4 * 3_600
/** A list is allowed some thousand times a minute, but all processes share one account. */
const listEveryMs = 15 * secondMs

const suffixOf = { flv: '.flv', hls: '.m3u8' }
type Protocol = keyof typeof suffixOf
/** As documented for short groups of pictures; the default of HLS is 15 s. */
const expectedLatencyMs: Record<Protocol, number> = { flv: 3_500, hls: 9_000 }
const protocolsOf: Record<LatencyMode, readonly Protocol[]> = {
  standard: ['hls'],
  low: ['flv', 'hls'],
  realtime: ['flv', 'hls'],
}

/** Aliyun ApsaraVideo Live (阿里云视频直播) as {@link LiveProvider}. */
export function createLiveAliyun(needs: LiveAliyunNeeds): LiveProvider {
  const { clock, app } = needs
  const api = createAliyunApi(needs)
  const inSec = (sec: number) => unixSec(clock.now()) + sec
  const isoOf = (sec: number) => new Date(sec * secondMs).toISOString()
  const rand = () => randomBytes(8).toString('hex')

  const play: LiveProvider['play'] = (stream, { latency }) => {
    const atSec = inSec(playSec)
    const endpointOf = (protocol: Protocol) => {
      const uri = `/${app}/${stream}${suffixOf[protocol]}`
      const query = signUri(needs.playKey, { uri, atSec, rand: rand() })
      const url = `https://${needs.playDomain}${uri}?${query}`
      return { protocol, url, expectedLatencyMs: expectedLatencyMs[protocol] }
    }
    return { endpoints: protocolsOf[latency].map(endpointOf), expiresAt: isoOf(atSec) }
  }

  const list = async () =>
    new Map((await api.online()).map(stream => [stream.StreamName, healthOf(stream)]))

  return {
    kind: 'aliyun',
    caps: { gate: 'signed', snapshot: true },
    rtmpUrl: () => `rtmp://${needs.pushDomain}/${app}`,
    async pushKey({ id, secret }) {
      const atSec = inSec(needs.pushSec)
      const query = signUri(needs.pushKey, { uri: `/${app}/${id}`, atSec, rand: rand() })
      return { streamKey: `${id}?${query}&${keyParameter}=${secret}`, expiresAt: isoOf(atSec) }
    },
    browserIngest: () => ({ endpoints: [], iceServers: [] }),
    play,
    pageOrigins: () => [`https://${needs.playDomain}`],
    kick: id => api.interrupt(id),
    // Until then the last address that was given out can still be pushed to.
    end: id => api.forbid(id, new Date(inSec(needs.pushSec) * secondMs)),
    reopen: id => api.resume(id),
    ...listed({ clock, everyMs: listEveryMs, play, list }),
    verifyCallback: async request => readCallback(needs, request),
  }
}

/** Codecs come as numbers of FLV, and neither the gap of key frames nor the delay is told. */
const healthOf = (stream: Online): StreamHealth => ({
  ...noHealth,
  state: 'live',
  bitrateKbps: Math.round((stream.VideoDataRate ?? 0) + (stream.AudioDataRate ?? 0)),
  framesPerSec: stream.FrameRate ?? 0,
})
