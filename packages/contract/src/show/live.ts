import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import { Id, Instant, Money, named, nullable, object, oneOf } from '../core/common.ts'
import { event } from '../core/endpoint.ts'
import { patrolReasons } from '../media/patrol-life.ts'
import { Person } from '../people/account.ts'
import {
  ingestProtocols,
  ladders,
  latencyModes,
  liveCategories,
  playProtocols,
  publishTroubles,
} from './live-life.ts'
import { Poll } from './poll.ts'

export const liveStates = ['ready', 'live', 'away', 'ended'] as const
export type LiveState = (typeof liveStates)[number]

export const LiveCard = named('LiveCard', {
  id: Id,
  title: Type.String(),
  coverUrl: nullable(Type.String()),
  category: oneOf(liveCategories),
  state: oneOf(liveStates),
  host: Person,
  shopName: Type.String(),
  /** Distinct people connected now; never invented. */
  onlineCount: Type.Integer(),
  startedAt: nullable(Instant),
})
export type LiveCard = Static<typeof LiveCard>

/** One way to watch a stream. */
export const PlayEndpoint = named('PlayEndpoint', {
  protocol: oneOf(playProtocols),
  url: Type.String(),
  /** How far behind the host viewers usually are. */
  expectedLatencyMs: Type.Integer(),
})
export type PlayEndpoint = Static<typeof PlayEndpoint>

/** All ways to watch, best first: a player takes the first that its browser can and may. */
export const Play = named('Play', { endpoints: Type.Array(PlayEndpoint), expiresAt: Instant })
export type Play = Static<typeof Play>

export const LiveRoom = named('LiveRoom', {
  id: Id,
  title: Type.String(),
  coverUrl: nullable(Type.String()),
  category: oneOf(liveCategories),
  state: oneOf(liveStates),
  host: Person,
  shop: object({ id: Id, name: Type.String(), logoUrl: nullable(Type.String()) }),
  /** Null unless there is a picture to play. */
  play: nullable(Play),
  onlineCount: Type.Integer(),
  heartCount: Type.Integer(),
  startedAt: nullable(Instant),
  endedAt: nullable(Instant),
  /** Why the platform ended it; null when it did not. */
  stopReason: nullable(oneOf(patrolReasons)),
  /** Server time, for countdowns that do not trust the device. */
  now: Instant,
})
export type LiveRoom = Static<typeof LiveRoom>

export const LiveSession = named('LiveSession', {
  id: Id,
  title: Type.String(),
  coverUrl: nullable(Type.String()),
  category: oneOf(liveCategories),
  state: oneOf(liveStates),
  createdAt: Instant,
  startedAt: nullable(Instant),
  endedAt: nullable(Instant),
  stopReason: nullable(oneOf(patrolReasons)),
  /** Until when its host may go on with it; null while it is open, and when it is over for good. */
  reopenUntil: nullable(Instant),
  rtmpUrl: Type.String(),
  latency: oneOf(latencyModes),
  /** Wanted; what there is depends on how busy the server is. */
  ladder: oneOf(ladders),
})
export type LiveSession = Static<typeof LiveSession>

/** Shown once: only the hash of the key is kept. */
export const StreamKey = named('StreamKey', {
  rtmpUrl: Type.String(),
  streamKey: Type.String(),
  /** From then on nobody can begin to publish with it; null = while the session is open. */
  expiresAt: nullable(Instant),
})
export type StreamKey = Static<typeof StreamKey>

/**
 * Where a browser publishes, for a minute: the ticket opens this session alone, and no longer than
 * its stream key is good. Who needs another one (a new connection) asks again.
 */
export const PublishTicket = named('PublishTicket', {
  ticket: Type.String(),
  /** Best first. */
  endpoints: Type.Array(object({ protocol: oneOf(ingestProtocols), url: Type.String() })),
  /** STUN and TURN servers for WHIP, as RTCPeerConnection takes them. */
  iceServers: Type.Array(
    object({
      urls: Type.Array(Type.String()),
      username: Type.Optional(Type.String()),
      credential: Type.Optional(Type.String()),
    }),
  ),
  expiresAt: Instant,
})
export type PublishTicket = Static<typeof PublishTicket>

export const StreamHealth = named('StreamHealth', {
  state: oneOf(['offline', 'live', 'away']),
  bitrateKbps: Type.Integer(),
  framesPerSec: Type.Number(),
  /** Between the last two key frames; 0 while unknown. */
  keyFrameGapMs: Type.Integer(),
  /** How much later pictures arrive than their time stamps say; grows when the uplink is too slow. */
  delayMs: Type.Integer(),
  /** RFC 6381 names, such as `avc1.64001f,mp4a.40.2`. */
  codecs: Type.String(),
  /** Why the last publisher was refused or cut; null when there is nothing to be done about it. */
  trouble: nullable(object({ reason: oneOf(publishTroubles), agoSec: Type.Integer() })),
})
export type StreamHealth = Static<typeof StreamHealth>

/** One explanation 讲解; one that still runs is counted up to now. */
export const ExplainMark = named('ExplainMark', {
  productId: Id,
  title: Type.String(),
  startedAt: Instant,
  seconds: Type.Integer(),
})
export type ExplainMark = Static<typeof ExplainMark>

export const Recap = named('Recap', {
  durationSec: Type.Integer(),
  peakOnlineCount: Type.Integer(),
  commentCount: Type.Integer(),
  heartCount: Type.Integer(),
  /** Orders placed from this session and paid, and what they paid. */
  orderCount: Type.Integer(),
  amountFen: Money,
  /** The product that those orders paid most for. */
  bestProduct: nullable(
    object({
      productId: Id,
      title: Type.String(),
      orderCount: Type.Integer(),
      soldCount: Type.Integer(),
      amountFen: Money,
    }),
  ),
  explains: Type.Array(ExplainMark),
  /** Closed ones, oldest first. */
  polls: Type.Array(Poll),
})
export type Recap = Static<typeof Recap>

export const liveErrors = errors({
  'live.not_found': [404, 'This room does not exist.', '直播间不存在'],
  'live.ended': [409, 'This live session has ended.', '直播已结束'],
  'live.not_ended': [
    409,
    'The recap is ready when the session has ended.',
    '直播结束后才能查看复盘',
  ],
  'live.not_reopenable': [
    409,
    'A show can be gone on with for ten minutes after its end, unless the platform ended it.',
    '直播结束后 10 分钟内可以继续，平台中断的除外',
  ],
  'live.no_browser_ingest': [
    409,
    'This server takes streams from encoders only, not from browsers.',
    '当前服务器只支持推流软件开播，不支持浏览器开播',
  ],
  'live.already_open': [
    409,
    'Another session of this shop is still open. End it first.',
    '本店已有未结束的直播，请先结束',
  ],
  'live.banned': [
    403,
    'The platform does not allow this shop or host to go live for now.',
    '店铺或主播已被平台禁播，暂时不能开播',
  ],
})

export const liveMoved = event(
  'live.moved',
  object({
    liveId: Id,
    shopId: Id,
    state: oneOf(liveStates),
    /** Whether the platform ended it: then nothing of it is for sale any more. */
    isStopped: Type.Boolean(),
  }),
)
