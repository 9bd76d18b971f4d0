import { machine } from '@kaibo/kernel/machine'

/** A live session 场次. `away` = the picture is lost, the room waits for the host. Without schemas. */
export const liveLife = machine('ready', {
  ready: { publish: 'live', end: 'ended' },
  live: { lose: 'away', end: 'ended' },
  away: { publish: 'live', end: 'ended' },
  ended: {},
})

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
