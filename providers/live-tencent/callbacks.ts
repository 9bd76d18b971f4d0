import type { Clock } from '@kaibo/kernel/clock'
import { isId } from '@kaibo/kernel/ids'
import type { CallbackRequest, LiveCallback, MediaEvent } from '@kaibo/modules/live'
import { type Static, Type } from 'typebox'
import { bodyOf, isSame, keyIn, taken, unixSec } from '../live-vendor/index.ts'
import { callbackSign } from './sign.ts'

const Callback = Type.Object({
  event_type: Type.Integer(),
  /** When the signature expires, in Unix seconds: ten minutes after the event. */
  t: Type.Integer(),
  sign: Type.String({ maxLength: 64 }),
  app: Type.Optional(Type.String()),
  appname: Type.Optional(Type.String()),
  stream_id: Type.Optional(Type.String({ maxLength: 200 })),
  event_time: Type.Optional(Type.Integer()),
  /** One push from its begin to its end. */
  sequence: Type.Optional(Type.String({ maxLength: 100 })),
  stream_param: Type.Optional(Type.String({ maxLength: 2_000 })),
  errmsg: Type.Optional(Type.String()),
})
type Callback = Static<typeof Callback>

const lifeSecMax = 15 * 60
const reasonCharsMax = 200
const types: Record<number, MediaEvent['type']> = { 0: 'publish_end', 1: 'publish_start' }

export type CallbackNeeds = {
  readonly clock: Clock
  readonly callbackKey: string
  readonly pushDomain: string
  readonly app: string
}

/**
 * A notification of Cloud Streaming Services. Its signature covers the expiry alone, so what protects
 * the rest is the secret address, https, and that an event counts once. Other events than the begin
 * and the end of a push are taken and mean nothing.
 */
export function readCallback(needs: CallbackNeeds, request: CallbackRequest): LiveCallback | null {
  const callback = bodyOf(Callback, request)
  if (!callback || !isGenuine(needs, callback)) return null
  const type = types[callback.event_type]
  const { stream_id: streamId = '', sequence, event_time: atSec } = callback
  const nothing = { publisher: null, events: [], answer: taken }
  if (!type || callback.app !== needs.pushDomain || callback.appname !== needs.app) return nothing
  if (!isId(streamId) || sequence === undefined || atSec === undefined) return nothing
  const event = {
    ...{ streamId, type, id: `${sequence}.${callback.event_type}` },
    at: new Date(atSec * 1_000).toISOString(),
    reason: callback.errmsg?.slice(0, reasonCharsMax),
  }
  const key = keyIn(callback.stream_param ?? '')
  return {
    ...nothing,
    events: [event],
    publisher: type === 'publish_start' ? { streamId, key } : null,
  }
}

function isGenuine({ clock, callbackKey }: CallbackNeeds, { t, sign }: Callback): boolean {
  const leftSec = t - unixSec(clock.now())
  return leftSec >= 0 && leftSec <= lifeSecMax && isSame(sign, callbackSign(callbackKey, t))
}
