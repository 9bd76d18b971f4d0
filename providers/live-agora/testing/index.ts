import { createHmac, randomBytes } from 'node:crypto'
import type { Clock } from '@kaibo/kernel/clock'
import type { CallbackRequest } from '@kaibo/modules/live'
import { serveVendor, type VendorReply } from '@kaibo/testkit/vendor-simulator'

export type AgoraAccount = {
  readonly clock: Clock
  readonly appId: string
  readonly customerId: string
  readonly customerSecret: string
  readonly callbackSecret: string
}
type StreamKey = { channel: string; uid: string; untilSec: number }
type Converter = { rtmpUrl: string; channel: string; uid: string; token: string }

/**
 * Agora's media gateway and media push as far as we use them: keys that let an encoder into a
 * channel, converters of one name each, and notices signed over their bytes.
 */
export async function startAgora(account: AgoraAccount) {
  const keys = new Map<string, StreamKey>()
  const converters = new Map<string, Converter>()
  const nowMs = () => account.clock.now().getTime()
  const { customerId, customerSecret, appId } = account
  const expected = `Basic ${Buffer.from(`${customerId}:${customerSecret}`).toString('base64')}`

  const createKey = ({ channel, uid, expiresAfter }: Record<string, string>): VendorReply => {
    const streamKey = randomBytes(12).toString('base64url')
    const untilSec = nowMs() / 1_000 + Number(expiresAfter)
    keys.set(streamKey, { channel: String(channel), uid: String(uid), untilSec })
    const data = { streamKey, channel, uid, expiresAfter, createdAt: '2026-11-25T02:00:00Z' }
    return { body: { status: 'success', data } }
  }
  const createConverter = (wanted: {
    name: string
    rtmpUrl: string
    rawOptions: { rtcChannel: string; rtcStreamUid: string; token: string }
  }): VendorReply => {
    if (converters.has(wanted.name))
      return { status: 409, body: { reason: 'Resource already exists' } }
    const { rtcChannel: channel, rtcStreamUid: uid, token } = wanted.rawOptions
    converters.set(wanted.name, { rtmpUrl: wanted.rtmpUrl, channel, uid, token })
    return { body: { converter: { id: wanted.name, state: 'connecting' }, fields: 'id,state' } }
  }
  const server = await serveVendor(({ method, url, headers, body }) => {
    if (headers.authorization !== expected) return { status: 401, body: { message: 'no' } }
    const base = `/cn/v1/projects/${appId}`
    if (method !== 'POST') return { status: 405, body: {} }
    if (url.pathname === `${base}/rtls/ingress/streamkeys`)
      return createKey(JSON.parse(body).settings)
    if (url.pathname === `${base}/rtmp-converters`)
      return createConverter(JSON.parse(body).converter)
    return { status: 404, body: {} }
  })

  return {
    origin: server.origin,
    close: server.close,
    converters,
    notice: (notice: object) => noticeOf(account.callbackSecret, notice),
    /** An encoder comes with a key; answers with the notices, null when refused. */
    publish(streamKey: string): CallbackRequest[] | null {
      const key = keys.get(streamKey)
      if (!key || key.untilSec < nowMs() / 1_000) return null
      const payload = {
        ...{ sid: randomBytes(8).toString('hex'), region: 'cn', streamKey },
        ...{ rtcInfo: { channel: key.channel, uid: key.uid }, beginAt: '2026-11-25T02:00:00Z' },
      }
      const notice = { noticeId: randomBytes(6).toString('hex'), productId: 10, eventType: 1 }
      return [noticeOf(account.callbackSecret, { ...notice, notifyMs: nowMs(), payload })]
    },
    /** The newest relay of a channel. */
    relayOf: (channel: string) =>
      [...converters.values()].findLast(converter => converter.channel === channel),
  }
}

export function noticeOf(secret: string, notice: object): CallbackRequest {
  const rawBody = Buffer.from(JSON.stringify(notice))
  return {
    headers: {
      'content-type': 'application/json',
      'agora-signature-v2': createHmac('sha256', secret).update(rawBody).digest('hex'),
    },
    query: {},
    rawBody,
  }
}
