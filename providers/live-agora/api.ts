import type { Id } from '@kaibo/kernel/ids'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { callVendor, VendorRefusal } from '../live-vendor/index.ts'

export type AgoraRegion = 'cn' | 'ap' | 'na' | 'eu'
export type AgoraApiNeeds = {
  readonly apiUrl: string
  readonly region: AgoraRegion
  readonly appId: string
  readonly customerId: string
  readonly customerSecret: string
}

const StreamKey = Type.Object({
  status: Type.Literal('success'),
  data: Type.Object({ streamKey: Type.String() }),
})

/** A relay without a picture ends after this long. */
const idleSec = 60
const exists = 409

/** The REST interface of media gateway and media push, under the customer's id and secret. */
export function createAgoraApi(needs: AgoraApiNeeds) {
  const basic = Buffer.from(`${needs.customerId}:${needs.customerSecret}`).toString('base64')
  const post = (path: string, body: object): Promise<unknown> =>
    callVendor(new URL(`/${needs.region}/v1/projects/${needs.appId}/${path}`, needs.apiUrl), {
      method: 'POST',
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  return {
    /** A key with which an encoder gets into a channel as `uid`. */
    async createStreamKey(channel: Id, { uid, lifeSec }: { uid: number; lifeSec: number }) {
      const settings = { channel, uid: String(uid), expiresAfter: lifeSec }
      const answer = await post('rtls/ingress/streamkeys', { settings })
      if (!Value.Check(StreamKey, answer)) throw new Error('Agora gave no stream key')
      return answer.data.streamKey
    },
    /** Pushes one person of a channel on to an RTMP address; the same `name` again changes nothing. */
    async startRelay(
      name: string,
      relay: { channel: Id; uid: number; token: string; rtmpUrl: string },
    ): Promise<void> {
      const { channel: rtcChannel, uid, token, rtmpUrl } = relay
      const rawOptions = { rtcChannel, rtcStreamUid: String(uid), token }
      const converter = { name, rawOptions, rtmpUrl, idleTimeOut: idleSec }
      await post('rtmp-converters', { converter }).catch((error: unknown) => {
        if (!(error instanceof VendorRefusal && error.status === exists)) throw error
      })
    },
  }
}
