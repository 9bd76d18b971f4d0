/** One stream as the media process sees it. Viewer counts are of this process alone. */
export type MediaStreamState = {
  readonly streamId: string
  readonly state: 'live' | 'away'
  readonly viewers: { readonly flv: number; readonly hls: number; readonly whep: number }
  readonly bitrateBps: number
  readonly fps: number
  /** Between the last two key frames, on the stream's clock; 0 while unknown. */
  readonly keyFrameGapMs: number
  /** How much later pictures arrive than they did at best; grows when the uplink is too slow. */
  readonly delayMs: number
  /** RFC 6381 codec names, such as `avc1.64001f,mp4a.40.2`. */
  readonly codec: string
  /** ISO time of the first publish. */
  readonly since: string
}

/** Why the last publisher of a stream was refused or cut: a code, never anything that it sent. */
export type MediaTrouble = {
  readonly streamId: string
  readonly reason: string
  readonly agoSec: number
}

export type MediaControl = {
  /** Cuts the publisher and ends the stream; false when there is no such stream. */
  kick(streamId: string, reason: string): Promise<boolean>
  /** Ends the stream as its host wished; false when there is no such stream. */
  end(streamId: string): Promise<boolean>
  streams(): Promise<MediaStreamState[]>
  /** The streams, and why publishers of these or other ones had to go. */
  standing(): Promise<{ streams: MediaStreamState[]; troubles: MediaTrouble[] }>
  /** A JPEG of the newest key frame, 480 px wide; undefined when it cannot be had. */
  snapshot(streamId: string): Promise<Uint8Array | undefined>
}

const TIMEOUT_MS = 2_000
const SNAPSHOT_TIMEOUT_MS = 8_000

/**
 * A client of the media process's control endpoints. Every call rejects when the process cannot be
 * reached, answers with an error or takes too long.
 */
export const createMediaControl = (at: { baseUrl: string; secret: string }): MediaControl => {
  const call = async (path: string, options: { body?: object; timeoutMs?: number } = {}) => {
    const { body, timeoutMs = TIMEOUT_MS } = options
    const response = await fetch(new URL(`/control/${path}`, at.baseUrl), {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${at.secret}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(timeoutMs),
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (!response.ok && response.status !== 404) {
      throw new Error(`media control ${path}: status ${response.status}`)
    }
    return response
  }
  const standing = async () => {
    const reply: unknown = await (await call('streams')).json()
    const listOf = (name: 'streams' | 'troubles') => {
      const list = isRecord(reply) ? reply[name] : undefined
      return Array.isArray(list) ? list : []
    }
    return {
      streams: listOf('streams').filter(isStreamState),
      troubles: listOf('troubles').filter(isTrouble),
    }
  }
  return {
    kick: async (streamId, reason) => (await call('kick', { body: { streamId, reason } })).ok,
    end: async streamId => (await call('end', { body: { streamId } })).ok,
    standing,
    streams: async () => (await standing()).streams,
    async snapshot(streamId) {
      const response = await call('snapshot', {
        body: { streamId },
        timeoutMs: SNAPSHOT_TIMEOUT_MS,
      })
      return response.status === 200 ? new Uint8Array(await response.arrayBuffer()) : undefined
    },
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const isStreamState = (value: unknown): value is MediaStreamState =>
  isRecord(value) &&
  typeof value.streamId === 'string' &&
  (value.state === 'live' || value.state === 'away') &&
  isRecord(value.viewers) &&
  typeof value.viewers.flv === 'number' &&
  typeof value.viewers.hls === 'number' &&
  typeof value.viewers.whep === 'number' &&
  typeof value.bitrateBps === 'number' &&
  typeof value.fps === 'number' &&
  typeof value.keyFrameGapMs === 'number' &&
  typeof value.delayMs === 'number' &&
  typeof value.codec === 'string' &&
  typeof value.since === 'string'

const isTrouble = (value: unknown): value is MediaTrouble =>
  isRecord(value) &&
  typeof value.streamId === 'string' &&
  typeof value.reason === 'string' &&
  typeof value.agoSec === 'number'
