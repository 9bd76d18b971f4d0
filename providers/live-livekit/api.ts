import type { Clock } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import { type Static, type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'
import { callVendor, unixSec, VendorRefusal } from '../live-vendor/index.ts'
import { type LiveKitKey, signToken, type VideoGrant } from './token.ts'

export type LiveKitApiNeeds = LiveKitKey & { readonly clock: Clock; readonly url: string }

const Ingress = Type.Object({
  ingress_id: Type.String(),
  input_type: Type.Optional(Type.String()),
  stream_key: Type.String(),
  url: Type.String(),
  state: Type.Optional(
    Type.Union([Type.Null(), Type.Object({ status: Type.Optional(Type.String()) })]),
  ),
})
export type Ingress = Static<typeof Ingress>
export type InputType = 'RTMP_INPUT' | 'WHIP_INPUT'

const Ingresses = Type.Object({ items: Type.Optional(Type.Array(Ingress)) })
const Egresses = Type.Object({ items: Type.Optional(Type.Array(Type.Object({}))) })

/** Who the host is in the room. */
export const hostIdentity = 'host'
const tokenSec = 60
const notFound = 404

/** The server's interface: Twirp with JSON, one short token a call. */
export function createLiveKitApi(needs: LiveKitApiNeeds) {
  const call = (method: string, video: VideoGrant, body: object): Promise<unknown> => {
    const nowSec = unixSec(needs.clock.now())
    return callVendor(new URL(`/twirp/livekit.${method}`, needs.url), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${signToken(needs, { video, nowSec, lifeSec: tokenSec })}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    })
  }
  const ask = async <S extends TSchema>(schema: S, ...args: Parameters<typeof call>) => {
    const answer = await call(...args)
    if (!Value.Check(schema, answer)) throw new Error(`${args[0]} answers in an unknown form`)
    return answer
  }
  /** What is gone already is as good as removed. */
  const remove = (...args: Parameters<typeof call>): Promise<void> =>
    call(...args).then(
      () => {},
      (error: unknown) => {
        if (!(error instanceof VendorRefusal && error.status === notFound)) throw error
      },
    )
  const ingress = { ingressAdmin: true }
  return {
    createIngress: (room: Id, inputType: InputType): Promise<Ingress> =>
      ask(Ingress, 'Ingress/CreateIngress', ingress, {
        input_type: inputType,
        name: room,
        room_name: room,
        participant_identity: hostIdentity,
        // RTMP cannot be passed through as it is.
        enable_transcoding: inputType === 'RTMP_INPUT',
      }),
    listIngress: async (room: Id): Promise<Ingress[]> =>
      (await ask(Ingresses, 'Ingress/ListIngress', ingress, { room_name: room })).items ?? [],
    deleteIngress: (ingressId: string) =>
      remove('Ingress/DeleteIngress', ingress, { ingress_id: ingressId }),
    isRelayed: async (room: Id): Promise<boolean> => {
      const active = { room_name: room, active: true }
      const { items } = await ask(Egresses, 'Egress/ListEgress', { roomRecord: true }, active)
      return (items ?? []).length > 0
    },
    startRelay: async (room: Id, rtmpUrl: string): Promise<void> => {
      await call(
        'Egress/StartParticipantEgress',
        { roomRecord: true },
        {
          room_name: room,
          identity: hostIdentity,
          stream_outputs: [{ protocol: 'RTMP', urls: [rtmpUrl] }],
        },
      )
    },
    removeHost: (room: Id) =>
      remove(
        'RoomService/RemoveParticipant',
        { roomAdmin: true, room },
        {
          room,
          identity: hostIdentity,
        },
      ),
    deleteRoom: (room: Id) => remove('RoomService/DeleteRoom', { roomCreate: true }, { room }),
  }
}
