import { createHash } from 'node:crypto'
import type { Clock } from '@kaibo/kernel/clock'
import { type Id, isId } from '@kaibo/kernel/ids'
import type { CallbackRequest, LiveCallback, LiveProvider } from '@kaibo/modules/live'
import { Type } from 'typebox'
import { bodyOf, type RelayNeeds, relayed, taken, unixSec } from '../live-vendor/index.ts'
import { createLiveKitApi, hostIdentity, type Ingress } from './api.ts'
import { isSignedWebhook } from './token.ts'

export type LiveLiveKitNeeds = RelayNeeds & {
  readonly clock: Clock
  /** LiveKit as this server reaches it. */
  readonly url: string
  /** Where its ingress takes RTMP. */
  readonly rtmpUrl: string
  /** Origin of its WHIP ingress, as browsers reach it; empty = they do not publish. */
  readonly whipUrl: string
  readonly apiKey: string
  readonly apiSecret: string
}

const Webhook = Type.Object({
  event: Type.String({ maxLength: 100 }),
  room: Type.Optional(Type.Object({ name: Type.Optional(Type.String()) })),
  participant: Type.Optional(Type.Object({ identity: Type.Optional(Type.String()) })),
})

/**
 * LiveKit rooms as {@link LiveProvider}: hosts publish into a room by RTMP or WHIP, and when their
 * first track is there, LiveKit pushes them on to our own RTMP port, where the audience watches.
 */
export function createLiveLiveKit(needs: LiveLiveKitNeeds): LiveProvider {
  const { relayUrl, leaveFor } = needs
  const api = createLiveKitApi(needs)
  const clear = async (room: Id, isOld: (ingress: Ingress) => boolean) => {
    for (const ingress of await api.listIngress(room)) {
      if (isOld(ingress)) await api.deleteIngress(ingress.ingress_id)
    }
  }
  /** A second relay would be refused by our port while the first one is alive. */
  const relay = async (room: Id) => {
    const leave = await leaveFor(room)
    if (!leave || (await api.isRelayed(room))) return
    await api.startRelay(room, `${relayUrl}/${leave.ticket}`)
  }
  return relayed(needs, {
    kind: 'livekit',
    rtmpUrl: () => needs.rtmpUrl,
    async pushKey({ id }) {
      await clear(id, ingress => ingress.input_type !== 'WHIP_INPUT')
      const { stream_key: streamKey } = await api.createIngress(id, 'RTMP_INPUT')
      return { streamKey, expiresAt: null }
    },
    async browserIngest(_host, { id }) {
      if (!needs.whipUrl) return { endpoints: [], iceServers: [] }
      const isIdle = ({ state }: Ingress) => state?.status !== 'ENDPOINT_PUBLISHING'
      await clear(id, ingress => ingress.input_type === 'WHIP_INPUT' && isIdle(ingress))
      const { url, stream_key: key } = await api.createIngress(id, 'WHIP_INPUT')
      const whip = `${needs.whipUrl}${new URL(url).pathname}/${key}`
      return { endpoints: [{ protocol: 'whip', url: whip }], iceServers: [] }
    },
    pageOrigins: host =>
      [...needs.audience.pageOrigins(host), needs.whipUrl].filter(url => url !== ''),
    putOut: api.removeHost,
    async close(id) {
      await clear(id, () => true)
      await api.deleteRoom(id)
    },
    verifyCallback: async request => readWebhook(needs, request, relay),
  })
}

function readWebhook(
  needs: LiveLiveKitNeeds,
  request: CallbackRequest,
  relay: (room: Id) => Promise<void>,
): LiveCallback | null {
  const isGenuine = isSignedWebhook(needs, {
    authorization: request.headers.authorization ?? '',
    bodySha256: createHash('sha256').update(request.rawBody).digest('base64'),
    nowSec: unixSec(needs.clock.now()),
  })
  const webhook = isGenuine ? bodyOf(Webhook, request) : null
  if (!webhook) return null
  const nothing = { publisher: null, events: [], answer: taken }
  const room = webhook.room?.name ?? ''
  const isHost =
    webhook.event === 'track_published' && webhook.participant?.identity === hostIdentity
  return isHost && isId(room) ? { ...nothing, follow: () => relay(room) } : nothing
}
