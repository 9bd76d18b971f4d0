import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Clock } from '@kaibo/kernel/clock'
import type { CallbackRequest } from '@kaibo/modules/live'
import { serveVendor, type VendorReply, type VendorRequest } from '@kaibo/testkit/vendor-simulator'
import { signToken, type VideoGrant } from '../token.ts'

export type LiveKitAccount = { clock: Clock; apiKey: string; apiSecret: string }
/** Takes what LiveKit pushes on; false when it refuses. */
export type Audience = (rtmpUrl: string) => Promise<boolean>

type Fields = Record<string, unknown>
type Ingress = { ingress_id: string; input_type: string; room_name: string; stream_key: string }

/**
 * LiveKit with its ingress and egress as far as we use them: Twirp calls under tokens with the right
 * grant, one host a room, webhooks signed over their bytes, and relays to our RTMP port.
 */
export async function startLiveKit(account: LiveKitAccount, audience: Audience) {
  const ingresses = new Map<string, Ingress>()
  const publishing = new Map<string, string>()
  const relays = new Map<string, string>()
  const nowSec = () => Math.floor(account.clock.now().getTime() / 1_000)

  const gone = { status: 404, body: { code: 'not_found', msg: 'not found' } }
  const leaveRoom = (room: unknown) => {
    relays.delete(String(room))
    return publishing.delete(String(room))
  }
  const methods: Record<string, { needs: keyof VideoGrant; run(fields: Fields): VendorReply }> = {
    'Ingress/CreateIngress': { needs: 'ingressAdmin', run: create },
    'Ingress/ListIngress': {
      needs: 'ingressAdmin',
      run: ({ room_name }) => ({
        body: {
          items: [...ingresses.values()].filter(each => each.room_name === room_name).map(shown),
        },
      }),
    },
    'Ingress/DeleteIngress': {
      needs: 'ingressAdmin',
      run({ ingress_id }) {
        const ingress = ingresses.get(String(ingress_id))
        if (!ingress) return gone
        if (publishing.get(ingress.room_name) === ingress.ingress_id) leaveRoom(ingress.room_name)
        ingresses.delete(ingress.ingress_id)
        return { body: shown(ingress) }
      },
    },
    'Egress/ListEgress': {
      needs: 'roomRecord',
      run: ({ room_name }) => ({
        body: { items: relays.has(String(room_name)) ? [{ egress_id: 'EG_1', room_name }] : [] },
      }),
    },
    'Egress/StartParticipantEgress': { needs: 'roomRecord', run: startRelay },
    'RoomService/RemoveParticipant': {
      needs: 'roomAdmin',
      run: ({ room }) => (leaveRoom(room) ? { body: {} } : gone),
    },
    'RoomService/DeleteRoom': {
      needs: 'roomCreate',
      run: ({ room }) => (leaveRoom(room) ? { body: {} } : gone),
    },
  }
  const server = await serveVendor(request => {
    const [, name = ''] = /^\/twirp\/livekit\.(.+)$/.exec(request.url.pathname) ?? []
    const method = methods[name]
    if (!method) return { status: 404, body: { code: 'bad_route' } }
    if (!isGranted(request, method.needs)) return { status: 401, body: { code: 'unauthenticated' } }
    return method.run(JSON.parse(request.body))
  })

  function create({ input_type, room_name }: Fields): VendorReply {
    const ingress = {
      ingress_id: `IN_${randomBytes(6).toString('hex')}`,
      input_type: String(input_type),
      room_name: String(room_name),
      stream_key: randomBytes(8).toString('hex'),
    }
    ingresses.set(ingress.ingress_id, ingress)
    return { body: shown(ingress) }
  }
  function shown(ingress: Ingress) {
    const isOn = publishing.get(ingress.room_name) === ingress.ingress_id
    const isWhip = ingress.input_type === 'WHIP_INPUT'
    return {
      ...ingress,
      url: isWhip ? 'https://whip.example/w' : 'rtmp://livekit.example/x',
      state: { status: isOn ? 'ENDPOINT_PUBLISHING' : 'ENDPOINT_INACTIVE' },
    }
  }
  function startRelay({ room_name, stream_outputs }: Fields): VendorReply {
    const [output] = Array.isArray(stream_outputs) ? stream_outputs : []
    relays.set(String(room_name), String(output?.urls?.[0]))
    return { body: { egress_id: 'EG_1', room_name, status: 'EGRESS_STARTING' } }
  }
  function isGranted({ headers }: VendorRequest, needed: keyof VideoGrant) {
    const token = String(headers.authorization).replace(/^Bearer /, '')
    const claims = JSON.parse(
      Buffer.from(token.split('.')[1] ?? '', 'base64url').toString() || '{}',
    )
    if (!claims.video?.[needed] || claims.exp < nowSec() || claims.nbf > nowSec()) return false
    const lifeSec = 60
    const video: VideoGrant = claims.video
    return token === signToken(account, { video, nowSec: claims.exp - lifeSec, lifeSec })
  }

  return {
    origin: server.origin,
    close: server.close,
    webhook: (body: object) => webhookOf(account, JSON.stringify(body)),
    /** A host's encoder or browser comes with a key; answers with the webhooks, null when refused. */
    publish(streamKey: string): CallbackRequest[] | null {
      const ingress = [...ingresses.values()].find(each => each.stream_key === streamKey)
      if (!ingress) return null
      publishing.set(ingress.room_name, ingress.ingress_id)
      const room = { name: ingress.room_name, sid: 'RM_1' }
      const facts = {
        room,
        id: `EV_${randomBytes(6).toString('hex')}`,
        createdAt: String(nowSec()),
      }
      const participant = { identity: 'host', sid: 'PA_1' }
      return [
        webhookOf(account, JSON.stringify({ event: 'participant_joined', participant, ...facts })),
        webhookOf(account, JSON.stringify({ event: 'track_published', participant, ...facts })),
      ]
    },
    leave: leaveRoom,
    /** Pushes on what it was told to, as the real one does after its answer. */
    async relay(room: string): Promise<boolean> {
      const rtmpUrl = relays.get(room)
      return rtmpUrl !== undefined && audience(rtmpUrl)
    },
  }
}

/** A webhook as LiveKit signs it: a token over the hash of the very bytes. */
export function webhookOf(
  { clock, apiKey, apiSecret }: LiveKitAccount,
  body: string,
): CallbackRequest {
  const nowSec = Math.floor(clock.now().getTime() / 1_000)
  const sha256 = createHash('sha256').update(body).digest('base64')
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const claims = { iss: apiKey, nbf: nowSec, exp: nowSec + 300, sha256 }
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  const signature = createHmac('sha256', apiSecret).update(signed).digest('base64url')
  return {
    headers: {
      'content-type': 'application/webhook+json',
      authorization: `${signed}.${signature}`,
    },
    query: {},
    rawBody: Buffer.from(body),
  }
}
