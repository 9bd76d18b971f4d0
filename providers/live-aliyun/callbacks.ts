import { type Clock, minuteMs, secondMs } from '@kaibo/kernel/clock'
import { isId } from '@kaibo/kernel/ids'
import type { CallbackRequest, LiveCallback, MediaEvent } from '@kaibo/modules/live'
import { isSame, keyIn, taken } from '../live-vendor/index.ts'
import { callbackSign } from './sign.ts'

const types: Record<string, MediaEvent['type']> = {
  publish: 'publish_start',
  publish_done: 'publish_end',
}

/** The cloud repeats a callback for some seconds; what is older is a replay. */
const ageMsMax = 5 * minuteMs

export type CallbackNeeds = {
  readonly clock: Clock
  readonly callbackKey: string
  /** The host of the address that was given to the cloud. */
  readonly callbackHost: string
  readonly pushDomain: string
  readonly app: string
}

/**
 * A notification of ApsaraVideo Live: a GET whose query tells who pushes. Its signature covers time
 * and our host alone, so what protects the rest is the secret address, https, and that an event
 * counts once. Other notifications are taken and mean nothing.
 */
export function readCallback(needs: CallbackNeeds, request: CallbackRequest): LiveCallback | null {
  if (!isGenuine(needs, request)) return null
  const { action = '', app, appname, id = '', time = '', node = '', usrargs = '' } = request.query
  const nothing = { publisher: null, events: [], answer: taken }
  const type = types[action]
  if (!type || app !== needs.pushDomain || appname !== needs.app) return nothing
  if (!isId(id) || !/^\d{10}$/.test(time)) return nothing
  const event = {
    ...{ streamId: id, type, id: [id, time, node.slice(0, 100), action].join('.') },
    at: new Date(Number(time) * secondMs).toISOString(),
  }
  const publisher = type === 'publish_start' ? { streamId: id, key: keyIn(usrargs) } : null
  return { ...nothing, events: [event], publisher }
}

function isGenuine(
  { clock, callbackKey, callbackHost }: CallbackNeeds,
  { headers }: CallbackRequest,
) {
  const at = headers['ali-live-timestamp'] ?? ''
  const right = callbackSign(callbackKey, { host: callbackHost, at })
  if (!/^\d{10}$/.test(at) || !isSame(headers['ali-live-signature'] ?? '', right)) return false
  return Math.abs(clock.now().getTime() - Number(at) * secondMs) <= ageMsMax
}
