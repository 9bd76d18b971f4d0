import type { Clock } from '@kaibo/kernel/clock'
import { type Id, isId } from '@kaibo/kernel/ids'
import { verifyPlay } from '@kaibo/media/play-token'
import type { CallbackRequest, LiveCallback } from '@kaibo/modules/live'
import { type Static, Type } from 'typebox'
import { bodyOf, keyIn } from '../live-vendor/index.ts'

const Hook = Type.Object({
  action: Type.String({ maxLength: 40 }),
  client_id: Type.Union([Type.String({ maxLength: 100 }), Type.Integer()]),
  /** New with every start of SRS, since version 5: without it a client id may come again. */
  server_id: Type.Optional(Type.String({ maxLength: 100 })),
  service_id: Type.Optional(Type.String({ maxLength: 100 })),
  app: Type.Optional(Type.String({ maxLength: 200 })),
  stream: Type.Optional(Type.String({ maxLength: 200 })),
  param: Type.Optional(Type.String({ maxLength: 2_000 })),
})
type Hook = Static<typeof Hook>

export type HookNeeds = { readonly clock: Clock; readonly secret: string; readonly app: string }

/**
 * One of SRS's http_hooks. SRS waits for the answer before it lets a publisher or a viewer in: status
 * 200 and the body `0` mean yes. Hooks carry no signature and no time: their address is the secret.
 */
export function readHook(needs: HookNeeds, request: CallbackRequest): LiveCallback | null {
  const hook = bodyOf(Hook, request)
  if (!hook || (hook.app !== undefined && hook.app !== needs.app)) return null
  const streamId = hook.stream ?? ''
  if (!isId(streamId)) return noted(!isGate(hook))
  if (hook.action === 'on_publish') return publishing(needs, hook, streamId)
  if (hook.action === 'on_play') return noted(mayPlay(needs, hook, streamId))
  if (hook.action !== 'on_unpublish') return noted(true)
  return { ...noted(true), events: [eventOf(needs, hook, { streamId, type: 'publish_end' })] }
}

const isGate = ({ action }: Hook) => action === 'on_publish' || action === 'on_play'

const publishing = (needs: HookNeeds, hook: Hook, streamId: Id): LiveCallback => ({
  publisher: { streamId, key: keyIn(hook.param ?? '') },
  events: [eventOf(needs, hook, { streamId, type: 'publish_start' })],
  answer,
})

const noted = (isAllowed: boolean): LiveCallback => ({
  publisher: null,
  events: [],
  answer: () => answer(isAllowed),
})

const answer = (isAllowed: boolean) => ({
  status: isAllowed ? 200 : 403,
  contentType: 'text/plain',
  body: isAllowed ? '0' : '1',
})

const eventOf = (
  { clock }: HookNeeds,
  hook: Hook,
  what: { streamId: Id; type: 'publish_start' | 'publish_end' },
) => ({
  ...what,
  id: [hook.server_id, hook.service_id, hook.client_id, what.streamId, what.type].join('.'),
  at: clock.now().toISOString(),
})

function mayPlay({ clock, secret }: HookNeeds, { param }: Hook, streamId: Id): boolean {
  const token = new URLSearchParams(param).get('t') ?? ''
  const nowSec = Math.floor(clock.now().getTime() / 1_000)
  return verifyPlay(secret, { streamId, token, nowSec }) === 'ok'
}
