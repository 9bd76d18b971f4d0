import { randomBytes } from 'node:crypto'
import type { Hub } from '@kaibo/media/hub/hub'
import type { WebRtcSettings } from '@kaibo/media/webrtc/peer'
import { RtcFeed, type RtcSource } from '@kaibo/media/webrtc/rtc-feed'
import { WhepViewer } from '@kaibo/media/webrtc/whep-viewer'
import { type Exchange, reply } from '../http-reply.ts'
import { counter, gauge } from '../metrics.ts'
import type { MediaPart } from '../part.ts'
import { ipOf, readOfferBody } from '../publish/offer-body.ts'
import { type PlayGate, retryAfterSec } from './gate.ts'

export type WhepPartNeeds = {
  readonly hub: Pick<Hub, 'find'>
  readonly gate: PlayGate
  readonly settings: WebRtcSettings
  /** Viewers of all streams by WebRTC: each costs as much as thirty over FLV. */
  readonly viewersMax: number
  /** The machine runs short: who is here stays, nobody else comes in this way. */
  isStrained(): boolean
  iceLinks(): string | undefined
  /** The publisher of a stream when it speaks WebRTC itself. */
  sourceOf(streamId: string): RtcSource | undefined
}

const OFFER = /^\/whep\/([A-Za-z0-9_-]{1,64})$/
const RESOURCE = /^\/whep\/[A-Za-z0-9_-]{1,64}\/([\w-]{22})$/
const VIEWERS_PER_IP_MAX = 32

const STATUS_OF: Readonly<Record<string, number>> = {
  forbidden: 403,
  unknown: 404,
  no_picture: 409,
  b_frames: 409,
  codec_not_offered: 406,
  full: 503,
}

type Resource = { readonly ip: string; readonly viewer: WhepViewer }

/** WHEP: viewers for whom every tenth of a second counts watch by WebRTC. */
export const createWhepPart = (needs: WhepPartNeeds): MediaPart => {
  const feeds = new Map<string, RtcFeed>()
  const resources = new Map<string, Resource>()
  let sentCount = 0

  const refuse = ({ response }: Exchange, code: string): void => {
    const status = STATUS_OF[code] ?? 400
    const headers = status === 503 ? { 'retry-after': String(retryAfterSec()) } : {}
    const body = JSON.stringify({ code })
    reply(response, { status, type: 'application/json', headers, body })
  }

  const obstacleFor = (streamId: string, exchange: Exchange): string | undefined => {
    const admission = needs.gate.admits(streamId, exchange)
    if (admission !== 'ok') return admission
    const feed = feeds.get(streamId)
    if (feed === undefined || needs.hub.find(streamId) === undefined) return 'unknown'
    if (feed.obstacle) return feed.obstacle
    const ip = ipOf(exchange.request)
    const mine = [...resources.values()].filter(resource => resource.ip === ip)
    const isFull = resources.size >= needs.viewersMax || mine.length >= VIEWERS_PER_IP_MAX
    return isFull || needs.isStrained() ? 'full' : undefined
  }

  const admit = (feed: RtcFeed, ip: string): { id: string; viewer: WhepViewer } => {
    const id = randomBytes(16).toString('base64url')
    const viewer: WhepViewer = new WhepViewer({
      settings: needs.settings,
      profile: feed.profile,
      handleConnected: () => feed.start(viewer),
      handlePictureLoss: () => feed.askForKeyFrame(),
      handleSent: packetCount => {
        sentCount += packetCount
      },
      handleClosed: () => {
        feed.remove(viewer)
        resources.delete(id)
      },
    })
    resources.set(id, { ip, viewer })
    feed.add(viewer)
    return { id, viewer }
  }

  const watch = async (exchange: Exchange): Promise<void> => {
    const { request, response, path } = exchange
    const streamId = OFFER.exec(path)?.[1] ?? ''
    const offer = await readOfferBody(request)
    const obstacle = obstacleFor(streamId, exchange)
    if (obstacle) return refuse(exchange, obstacle)
    const feed = feeds.get(streamId)
    if (offer === undefined || feed === undefined) return refuse(exchange, 'offer_malformed')
    const { id, viewer } = admit(feed, ipOf(request))
    const opened = await viewer.open(offer)
    if ('refused' in opened) return refuse(exchange, opened.refused)
    const links = needs.iceLinks()
    reply(response, {
      status: 201,
      type: 'application/sdp',
      headers: { location: `${path}/${id}`, ...(links === undefined ? {} : { link: links }) },
      body: opened.answer,
    })
  }

  const leave = async ({ path, response }: Exchange): Promise<void> => {
    const resource = resources.get(RESOURCE.exec(path)?.[1] ?? '')
    resource?.viewer.close('left')
    reply(response, { status: resource ? 204 : 404 })
  }

  return {
    routes: [
      { path: OFFER, methods: ['POST'], handle: watch },
      { path: RESOURCE, methods: ['DELETE'], handle: leave },
    ],
    createConsumers(streamId) {
      const feed = new RtcFeed(() => needs.sourceOf(streamId))
      feeds.set(streamId, feed)
      return [feed]
    },
    handleEvent({ type, streamId }) {
      if (type === 'ended') feeds.delete(streamId)
    },
    viewerCount: (streamId, kind) =>
      kind === 'whep' ? (feeds.get(streamId)?.viewerCount ?? 0) : 0,
    samples: () => [
      gauge('webrtc_viewers', 'Viewers over WebRTC, the connecting ones too.', resources.size),
      counter('webrtc_packets_total', 'RTP packets sent to viewers.', sentCount),
    ],
    stop() {
      for (const { viewer } of resources.values()) viewer.close('shutdown')
    },
  }
}
