import { machine } from '@kaibo/kernel/machine'

/**
 * A live session 场次. `away` = the picture is lost, the room waits for the host. Who ended by mistake, or
 * was away for too long, may `reopen` it for {@link reopenSec}. Without schemas.
 */
export const liveLife = machine('ready', {
  ready: { publish: 'live', end: 'ended' },
  live: { lose: 'away', end: 'ended' },
  away: { publish: 'live', end: 'ended' },
  ended: { reopen: 'away' },
})

/** For so long after its end a session can be gone on with. */
export const reopenSec = 10 * 60

export const liveCategories = [
  'tea',
  'food',
  'home',
  'fashion',
  'beauty',
  'craft',
  'other',
] as const
export type LiveCategory = (typeof liveCategories)[number]

/** `standard`: HLS alone, cheapest · `low`: FLV and LL-HLS · `realtime`: WebRTC first, for a few. */
export const latencyModes = ['standard', 'low', 'realtime'] as const
export type LatencyMode = (typeof latencyModes)[number]

/** Smaller variants beside the source: none · `light`: 360p at 15 fps · `full`: 480p and 360p. */
export const ladders = ['none', 'light', 'full'] as const
export type Ladder = (typeof ladders)[number]

/** How pictures are watched: WebRTC, FLV by HTTP or WebSocket, HLS with and without low latency. */
export const playProtocols = ['whep', 'flv', 'wsflv', 'llhls', 'hls'] as const
export type PlayProtocol = (typeof playProtocols)[number]

/** How a browser publishes: WebRTC, or recorded slices over a WebSocket where UDP is blocked. */
export const ingestProtocols = ['whip', 'ws'] as const

/**
 * Why a publisher was refused or cut, where its host can do something about it; `other` for what is
 * none of these.
 */
export const publishTroubles = [
  'codec.video_unsupported',
  'codec.audio_unsupported',
  'codec.profile_unsupported',
  'codec.picture_too_large',
  'codec.header_missing',
  'codec.header_broken',
  'no_picture',
  'timestamps_stuck',
  'bitrate_too_high',
  'protocol_error',
  'rtp_broken',
  'recording_broken',
  'encoder_too_slow',
  'encoder_slots_full',
  'idle',
  'already_publishing',
  'too_many_streams',
  'unknown_key',
  'banned',
  'other',
] as const
export type PublishTrouble = (typeof publishTroubles)[number]
