import { randomBytes } from 'node:crypto'
import type { Hub } from '@kaibo/media/hub/hub'
import type { Gate } from '@kaibo/media/hub/publisher'
import type { WebRtcSettings } from '@kaibo/media/webrtc/peer'
import { WhipSession } from '@kaibo/media/webrtc/whip-session'
import { type Exchange, reply } from '../http-reply.ts'
import type { MediaPart, Refusal } from '../part.ts'
import { ipOf, readOfferBody } from './offer-body.ts'

export type WhipPartNeeds = {
  readonly hub: Pick<Hub, 'attach'>
  readonly gate: Gate
  readonly settings: WebRtcSettings
  /** STUN and TURN servers as `Link` headers (RFC 9725 §4.6). */
  iceLinks(): string | undefined
  onRefused(refusal: Refusal): void
}

const RESOURCE = /^\/whip\/([\w-]{22})$/
const SESSIONS_MAX = 200
const SESSIONS_PER_IP_MAX = 16
/** How long it is remembered why a publisher was cut. */
const REASON_KEPT_MS = 60_000

const STATUS_OF: Readonly<Record<string, number>> = {
  offer_malformed: 400,
  'codec.video_unsupported': 406,
  already_publishing: 409,
  ended: 409,
  too_many_streams: 503,
  too_many_connections: 503,
  gate_busy: 503,
  gate_failed: 503,
  gate_timeout: 503,
}

type Resource = { readonly ip: string; readonly streamId: string; readonly session: WhipSession }

/** WHIP: browsers and encoders publish by WebRTC (RFC 9725). */
export const createWhipPart = (needs: WhipPartNeeds): MediaPart & WhipSources => {
  const resources = new Map<string, Resource>()
  const cutReasons = new Map<string, string>()

  const refuse = (exchange: Exchange, reason: string, of: Pick<Refusal, 'streamId'> = {}): void => {
    needs.onRefused({ ip: ipOf(exchange.request), reason, ...of })
    const status = STATUS_OF[reason] ?? 401
    const headers = status === 503 ? { 'retry-after': '2' } : {}
    replyCode(exchange, { status, code: reason, headers })
  }

  const isFull = (ip: string): boolean => {
    const mine = [...resources.values()].filter(resource => resource.ip === ip)
    return resources.size >= SESSIONS_MAX || mine.length >= SESSIONS_PER_IP_MAX
  }

  const forget = (id: string, reason: string): void => {
    if (!resources.delete(id)) return
    cutReasons.set(id, reason)
    setTimeout(() => cutReasons.delete(id), REASON_KEPT_MS).unref()
  }

  const publish = async (exchange: Exchange): Promise<void> => {
    const { request, response } = exchange
    const ip = ipOf(request)
    const [, key = ''] = /^bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? []
    if (isFull(ip)) return refuse(exchange, 'too_many_connections')
    const answer = await needs.gate(key, { ip })
    if (!answer.ok) return refuse(exchange, answer.reason)
    const offer = await readOfferBody(request)
    if (offer === undefined) return refuse(exchange, 'offer_malformed')
    const id = randomBytes(16).toString('base64url')
    const session = new WhipSession({
      settings: needs.settings,
      openStream: publisher => needs.hub.attach(answer.streamId, publisher),
      handleClosed: reason => forget(id, reason),
    })
    resources.set(id, { ip, streamId: answer.streamId, session })
    const opened = await session.open(offer)
    if ('refused' in opened) {
      resources.delete(id)
      return refuse(exchange, opened.refused, { streamId: answer.streamId })
    }
    const links = needs.iceLinks()
    reply(response, {
      status: 201,
      type: 'application/sdp',
      headers: { location: `/whip/${id}`, ...(links === undefined ? {} : { link: links }) },
      body: opened.answer,
    })
  }

  /** `GET` tells a page whose connection broke whether it was cut, and why. */
  const handleResource = async (exchange: Exchange): Promise<void> => {
    const id = RESOURCE.exec(exchange.path)?.[1] ?? ''
    const resource = resources.get(id)
    if (resource === undefined) {
      return replyCode(exchange, { status: 404, code: cutReasons.get(id) ?? 'unknown' })
    }
    if (exchange.request.method === 'DELETE') resource.session.cut('unpublished')
    return reply(exchange.response, { status: 204 })
  }

  return {
    routes: [
      { path: /^\/whip\/?$/, methods: ['POST'], handle: publish },
      { path: RESOURCE, methods: ['DELETE', 'GET'], handle: handleResource },
    ],
    sourceOf: streamId =>
      [...resources.values()].findLast(resource => resource.streamId === streamId)?.session,
    stop() {
      for (const { session } of resources.values()) session.cut('shutdown')
    },
  }
}

export type WhipSources = {
  /** The WebRTC publisher of a stream, if that is what it has. */
  sourceOf(streamId: string): WhipSession | undefined
}

const replyCode = (
  { response }: Exchange,
  with_: { status: number; code: string; headers?: Record<string, string> },
): void => {
  const { status, code, headers = {} } = with_
  const body = JSON.stringify({ code })
  reply(response, { status, type: 'application/json', headers, body })
}
