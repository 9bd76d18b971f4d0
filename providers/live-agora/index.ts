import { createHash, createHmac } from 'node:crypto'
import { type Clock, secondMs } from '@kaibo/kernel/clock'
import { type Id, isId } from '@kaibo/kernel/ids'
import type { CallbackRequest, LiveCallback, LiveProvider } from '@kaibo/modules/live'
import { type Static, Type } from 'typebox'
import { bodyOf, isSame, type RelayNeeds, relayed, taken, unixSec } from '../live-vendor/index.ts'
import { type AgoraApiNeeds, createAgoraApi } from './api.ts'
import { signRtcToken } from './token.ts'

export type LiveAgoraNeeds = RelayNeeds &
  AgoraApiNeeds & {
    readonly clock: Clock
    readonly certificate: string
    /** How long an encoder may begin with its key. */
    readonly pushSec: number
    readonly callbackSecret: string
  }

const Notice = Type.Object({
  noticeId: Type.String({ maxLength: 200 }),
  productId: Type.Integer(),
  eventType: Type.Integer(),
  /** Of this attempt: new when a notice is sent again. */
  notifyMs: Type.Integer(),
  payload: Type.Object({
    sid: Type.Optional(Type.String({ maxLength: 100 })),
    rtcInfo: Type.Optional(
      Type.Object({
        channel: Type.String(),
        uid: Type.Union([Type.String(), Type.Integer()]),
      }),
    ),
  }),
})
type Notice = Static<typeof Notice>

const gateway = 10
const streamConnected = 1
/** Notices are sent again for some minutes; what is older is a replay. */
const ageMsMax = 600 * secondMs
const relayUid = 0
const relayTokenSec = 86_400

/**
 * Agora channels as {@link LiveProvider}: encoders publish into a channel through the media gateway,
 * and when one is there, media push brings its picture to our own RTMP port, where the audience
 * watches.
 */
export function createLiveAgora(needs: LiveAgoraNeeds): LiveProvider {
  const { clock, relayUrl, leaveFor } = needs
  const api = createAgoraApi(needs)
  const relay = async (channel: Id, { sid, uid }: { sid: string; uid: number }) => {
    const leave = await leaveFor(channel)
    // Somebody with an older key is another uid, and is not shown to anybody.
    if (!leave || uidOf(leave.keyHash) !== uid) return
    const nowSec = unixSec(clock.now())
    const wanted = { channel, uid: relayUid, role: 'subscriber' as const }
    const token = signRtcToken(needs, { ...wanted, nowSec, lifeSec: relayTokenSec })
    const rtmpUrl = `${relayUrl}/${leave.ticket}`
    await api.startRelay(`kaibo-${sid}`, { channel, uid, token, rtmpUrl })
  }
  return relayed(needs, {
    kind: 'agora',
    rtmpUrl: () => `rtmp://rtls-ingress-prod-${needs.region}.agoramdn.com/live`,
    async pushKey({ id, secret }) {
      const uid = uidOf(createHash('sha256').update(secret).digest('hex'))
      const expiresSec = unixSec(clock.now()) + needs.pushSec
      const streamKey = await api.createStreamKey(id, { uid, lifeSec: needs.pushSec })
      return { streamKey, expiresAt: new Date(expiresSec * secondMs).toISOString() }
    },
    browserIngest: () => ({ endpoints: [], iceServers: [] }),
    pageOrigins: needs.audience.pageOrigins,
    // A key cannot be taken back, but what it sends is not relayed any more.
    putOut: async () => {},
    close: async () => {},
    verifyCallback: async request => readNotice(needs, request, relay),
  })
}

/** Who publishes with the key of this hash: 31 bits of it, and not 0, which means anybody. */
const uidOf = (keyHash: string): number => Number.parseInt(keyHash.slice(0, 8), 16) >>> 1 || 1

function readNotice(
  { clock, callbackSecret }: LiveAgoraNeeds,
  request: CallbackRequest,
  relay: (channel: Id, publisher: { sid: string; uid: number }) => Promise<void>,
): LiveCallback | null {
  const right = createHmac('sha256', callbackSecret).update(request.rawBody).digest('hex')
  if (!isSame(request.headers['agora-signature-v2'] ?? '', right)) return null
  const notice = bodyOf(Notice, request)
  if (!notice || Math.abs(clock.now().getTime() - notice.notifyMs) > ageMsMax) return null
  const publisher = publisherIn(notice)
  const nothing = { publisher: null, events: [], answer: taken }
  return publisher ? { ...nothing, follow: () => relay(publisher.channel, publisher) } : nothing
}

function publisherIn({ productId, eventType, payload: { sid, rtcInfo } }: Notice) {
  if (productId !== gateway || eventType !== streamConnected) return null
  if (sid === undefined || !rtcInfo || !isId(rtcInfo.channel)) return null
  return { sid, channel: rtcInfo.channel, uid: Number(rtcInfo.uid) }
}
