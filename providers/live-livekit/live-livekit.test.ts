import { manualClock } from '@kaibo/kernel/clock'
import { type Id, isId, newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { CallbackRequest } from '@kaibo/modules/live'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createLiveEmbedded } from '../live-embedded/index.ts'
import { startMedia } from '../live-vendor/testing/audience.ts'
import { testLiveProvider } from '../live-vendor/testing/contract.ts'
import { createLiveLiveKit } from './index.ts'
import { startLiveKit, webhookOf } from './testing/index.ts'
import { isSignedWebhook, signToken } from './token.ts'

const clock = manualClock(new Date('2026-11-25T02:00:00Z'))
const account = { clock, apiKey: 'APIexample', apiSecret: 'secret-of-livekit' }
const embedded = { clock, secret: 'test-secret', rtmpPort: 1935, mediaPort: 8081, mediaUrl: '' }
const media = await startMedia(embedded)
/** Our RTMP port takes who brings the ticket of a stream. */
const livekit = await startLiveKit(account, async rtmpUrl => {
  const [, ticket = ''] = /^rtmp:\/\/kaibo\.example:1935\/live\/ticket-(.+)$/.exec(rtmpUrl) ?? []
  if (!isId(ticket)) return false
  media.onAir.add(ticket)
  return true
})
afterAll(() => {
  livekit.close()
  media.close()
})

let isOpen = (_id: Id) => true
beforeEach(() => {
  isOpen = () => true
})
const needs = {
  ...account,
  rtmpUrl: 'rtmp://livekit.example/x',
  whipUrl: 'https://whip.example',
  relayUrl: 'rtmp://kaibo.example:1935/live',
  leaveFor: async (id: Id) => (isOpen(id) ? { ticket: `ticket-${id}`, keyHash: '' } : null),
}
const provider = createLiveLiveKit({
  ...needs,
  url: livekit.origin,
  audience: createLiveEmbedded({ ...embedded, controlUrl: media.origin }),
})
const nowhere = 'http://127.0.0.1:1'
const absent = createLiveLiveKit({
  ...needs,
  url: nowhere,
  audience: createLiveEmbedded({ ...embedded, controlUrl: nowhere }),
})

/** What the server does with webhooks, and LiveKit after its answer. */
async function tell(requests: readonly CallbackRequest[]) {
  for (const request of requests) await (await provider.verifyCallback?.(request))?.follow?.()
}
testLiveProvider('LiveKit', {
  provider,
  absent,
  async publish({ id, streamKey }) {
    await tell(livekit.publish(streamKey) ?? [])
    await livekit.relay(id)
    return []
  },
  async leave(id) {
    livekit.leave(id)
    media.onAir.delete(id)
    return []
  },
  mayPlay: async url => media.mayPlay(url),
})

test('a webhook is believed for its very bytes, as the published hash says', () => {
  const body = '{"event":"room_started","room":{"name":"room1"}}'
  const { headers } = webhookOf(account, body)
  const check = (changes: object) =>
    isSignedWebhook(account, {
      authorization: headers.authorization ?? '',
      bodySha256: 'c7Ch3DByDnqRtqXZeai6+esSDEtE8cE2mB+Pbgp2zBk=',
      nowSec: clock.now().getTime() / 1_000,
      ...changes,
    })
  expect(check({})).toBe(true)
  expect(check({ bodySha256: 'other' })).toBe(false)
  for (const authorization of ['', 'x', 'x.y.z', headers.authorization?.slice(0, -1)])
    expect(check({ authorization })).toBe(false)
  expect(check({ nowSec: clock.now().getTime() / 1_000 + 361 })).toBe(false)
})

test('a webhook that was changed, signed by another key or is old is not believed', async () => {
  const body = {
    event: 'track_published',
    room: { name: newId() },
    participant: { identity: 'host' },
  }
  const genuine = livekit.webhook(body)
  const verify = async (request: CallbackRequest) =>
    (await provider.verifyCallback?.(request)) ?? null
  expect(await verify(genuine)).toMatchObject({ publisher: null, events: [] })
  const longer = Buffer.concat([genuine.rawBody, Buffer.from(' ')])
  expect(await verify({ ...genuine, rawBody: longer })).toBeNull()
  const text = JSON.stringify(body)
  expect(await verify(webhookOf({ ...account, apiSecret: 'other' }, text))).toBeNull()
  expect(await verify(webhookOf({ ...account, apiKey: 'other' }, text))).toBeNull()
  expect(await verify(webhookOf(account, 'no json'))).toBeNull()
  clock.advanceMs(361_000)
  expect(await verify(genuine)).toBeNull()
})

test('a token that names no algorithm of ours is not believed', async () => {
  const body = Buffer.from('{"event":"x"}')
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`
  const request = { headers: { authorization: unsigned }, query: {}, rawBody: body }
  expect(await provider.verifyCallback?.(request)).toBeNull()
})

test('webhooks that come twice, or for a session that ended, begin no second relay', async () => {
  const id = newId()
  const { streamKey } = await provider.pushKey({ id, secret: 'sk_x' })
  const webhooks = must(livekit.publish(streamKey), 'webhooks')
  isOpen = () => false
  await tell(webhooks)
  expect(await livekit.relay(id)).toBe(false)
  isOpen = () => true
  await tell([...webhooks, ...webhooks])
  expect(await livekit.relay(id)).toBe(true)
})

test('a new key replaces the old one, and its publisher is put out', async () => {
  const id = newId()
  const old = await provider.pushKey({ id, secret: 'sk_x' })
  livekit.publish(old.streamKey)
  const { streamKey } = await provider.pushKey({ id, secret: 'sk_y' })
  expect(livekit.publish(old.streamKey)).toBeNull()
  expect(livekit.publish(streamKey)).not.toBeNull()
})

test('a browser gets a WHIP address of its own; one that publishes keeps its', async () => {
  const id = newId()
  const keyOf = async () => {
    const { endpoints } = await provider.browserIngest('', { id, ticket: 'pt_x' })
    const [, key = ''] = /^https:\/\/whip\.example\/w\/(\w+)$/.exec(endpoints[0]?.url ?? '') ?? []
    return key
  }
  const first = await keyOf()
  expect(livekit.publish(first)).not.toBeNull()
  const second = await keyOf()
  const third = await keyOf()
  expect(livekit.publish(second)).toBeNull()
  for (const key of [first, third]) expect(livekit.publish(key)).not.toBeNull()
  await provider.end(id)
  for (const key of [first, third]) expect(livekit.publish(key)).toBeNull()
})

test('where browsers cannot reach the ingress, they are offered none', async () => {
  const without = createLiveLiveKit({
    ...{ ...needs, whipUrl: '', url: livekit.origin },
    audience: createLiveEmbedded({ ...embedded, controlUrl: media.origin }),
  })
  const { endpoints } = await without.browserIngest('', { id: newId(), ticket: 'pt_x' })
  expect(endpoints).toEqual([])
  expect(without.pageOrigins('shop.example')).not.toContain('')
})

test('tokens are JWTs of HS256 with LiveKit’s claims', () => {
  const video = { ingressAdmin: true }
  const token = signToken(
    { apiKey: 'key', apiSecret: 'secret' },
    { video, nowSec: 1_000, lifeSec: 60 },
  )
  const [head = '', body = ''] = token.split('.')
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
  expect(read(head)).toEqual({ alg: 'HS256', typ: 'JWT' })
  expect(read(body)).toEqual({ iss: 'key', nbf: 940, exp: 1_060, video })
})
