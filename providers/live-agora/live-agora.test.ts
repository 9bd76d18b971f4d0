import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { manualClock } from '@kaibo/kernel/clock'
import { type Id, isId, newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { CallbackRequest } from '@kaibo/modules/live'
import { RtcRole, RtcTokenBuilder } from 'agora-token'
import { afterAll, expect, test } from 'vitest'
import { createLiveEmbedded } from '../live-embedded/index.ts'
import { startMedia } from '../live-vendor/testing/audience.ts'
import { testLiveProvider } from '../live-vendor/testing/contract.ts'
import { createLiveAgora } from './index.ts'
import { noticeOf, startAgora } from './testing/index.ts'
import { signRtcToken } from './token.ts'

// The vendor's own reader of tokens, which its package does not export.
const { AccessToken2 } = createRequire(import.meta.url)('agora-token/src/AccessToken2.js')

const clock = manualClock(new Date('2026-11-25T02:00:00Z'))
const project = { appId: '0123456789abcdef0123456789abcdef', certificate: 'f'.repeat(32) }
const account = {
  ...project,
  clock,
  customerId: 'customer',
  customerSecret: 'customer-secret',
  callbackSecret: 'notice-secret',
}
const embedded = { clock, secret: 'test-secret', rtmpPort: 1935, mediaPort: 8081, mediaUrl: '' }
const media = await startMedia(embedded)
const agora = await startAgora(account)
afterAll(() => {
  agora.close()
  media.close()
})

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex')
/** The stream key in force, by stream; none = its session is not open. */
const keyInForce = new Map<Id, string>()
const needs = {
  ...account,
  region: 'cn' as const,
  pushSec: 7 * 86_400,
  relayUrl: 'rtmp://kaibo.example:1935/live',
  async leaveFor(id: Id) {
    const secret = keyInForce.get(id)
    return secret === undefined ? null : { ticket: `ticket-${id}`, keyHash: hashOf(secret) }
  },
}
const providerAt = (apiUrl: string, controlUrl: string) =>
  createLiveAgora({ ...needs, apiUrl, audience: createLiveEmbedded({ ...embedded, controlUrl }) })
const provider = providerAt(agora.origin, media.origin)

/** What the server does with notices. */
async function tell(requests: readonly CallbackRequest[]) {
  for (const request of requests) await (await provider.verifyCallback?.(request))?.follow?.()
}
/** Our RTMP port takes who brings the ticket of a stream. */
function relay(channel: Id): boolean {
  const rtmpUrl = agora.relayOf(channel)?.rtmpUrl ?? ''
  const [, ticket = ''] = /^rtmp:\/\/kaibo\.example:1935\/live\/ticket-(.+)$/.exec(rtmpUrl) ?? []
  if (!isId(ticket)) return false
  media.onAir.add(ticket)
  return true
}
const pushKey = async (id: Id, secret: string) => {
  keyInForce.set(id, secret)
  return (await provider.pushKey({ id, secret })).streamKey
}

testLiveProvider('Agora', {
  provider,
  absent: providerAt('http://127.0.0.1:1', 'http://127.0.0.1:1'),
  async publish({ id, streamKey }) {
    keyInForce.set(id, 'sk_0123456789abcdefghijABCDEFGHIJ01')
    await tell(agora.publish(streamKey) ?? [])
    relay(id)
    return []
  },
  async leave(id) {
    media.onAir.delete(id)
    return []
  },
  mayPlay: async url => media.mayPlay(url),
})

test("the vendor's own reader reads our tokens, and finds their signature right", () => {
  const nowSec = 1_700_000_000
  const wanted = { channel: 'room1', uid: 7, role: 'publisher' as const, nowSec, lifeSec: 600 }
  for (const [token, privileges] of [
    [signRtcToken(project, wanted), { 1: 600, 2: 600, 3: 600, 4: 600 }],
    [signRtcToken(project, { ...wanted, role: 'subscriber' }), { 1: 600 }],
    [
      RtcTokenBuilder.buildTokenWithUid(
        project.appId,
        project.certificate,
        'room1',
        7,
        RtcRole.PUBLISHER,
        600,
        600,
      ),
      { 1: 600, 2: 600, 3: 600, 4: 600 },
    ],
  ] as const) {
    const read = new AccessToken2('', '', 0, 0)
    expect(token).toMatch(/^007/)
    expect(read.from_string(token)).toBe(true)
    expect(read.verifySignature(project.certificate)).toBe(true)
    expect(read.verifySignature('e'.repeat(32))).toBe(false)
    const [service] = read.getServices(1)
    expect([read.appId.toString(), read.expire]).toEqual([project.appId, 600])
    expect([String(service.__channel_name), String(service.__uid)]).toEqual(['room1', '7'])
    expect(service.__privileges).toEqual(privileges)
  }
})

test('a publisher is relayed once, by a token with which one may only watch', async () => {
  const id = newId()
  const notices = must(agora.publish(await pushKey(id, 'sk_x')), 'notices')
  await tell([...notices, ...notices])
  const found = [...agora.converters.values()].filter(({ channel }) => channel === id)
  expect(found).toHaveLength(1)
  const token = new AccessToken2('', '', 0, 0)
  expect(token.from_string(found[0]?.token)).toBe(true)
  expect(token.verifySignature(project.certificate)).toBe(true)
  expect(token.getServices(1)[0].__privileges).toEqual({ 1: 86_400 })
  expect(relay(id)).toBe(true)
})

test('who publishes with an older key, or for a session that ended, is not relayed', async () => {
  const id = newId()
  const old = await pushKey(id, 'sk_x')
  const streamKey = await pushKey(id, 'sk_y')
  await tell(agora.publish(old) ?? [])
  expect(agora.relayOf(id)).toBeUndefined()
  keyInForce.delete(id)
  await tell(agora.publish(streamKey) ?? [])
  expect(agora.relayOf(id)).toBeUndefined()
})

test('a notice that was changed, signed by another key or is old is not believed', async () => {
  const [genuine] = agora.publish(await pushKey(newId(), 'sk_x')) ?? []
  const notice = must(genuine, 'a notice')
  const verify = async (request: CallbackRequest) =>
    (await provider.verifyCallback?.(request)) ?? null
  expect(await verify(notice)).toMatchObject({ publisher: null, events: [] })
  const longer = Buffer.concat([notice.rawBody, Buffer.from(' ')])
  expect(await verify({ ...notice, rawBody: longer })).toBeNull()
  expect(await verify({ ...notice, headers: {} })).toBeNull()
  const body = JSON.parse(Buffer.from(notice.rawBody).toString())
  expect(await verify(noticeOf('other', body))).toBeNull()
  expect(await verify(agora.notice({ event: 'x' }))).toBeNull()
  clock.advanceMs(601_000)
  expect(await verify(notice)).toBeNull()
})

test('notices of other products and events, or of strange channels, mean nothing', async () => {
  const payload = { sid: 's', rtcInfo: { channel: newId(), uid: '1' } }
  const notice = {
    noticeId: 'n',
    productId: 10,
    eventType: 1,
    notifyMs: clock.now().getTime(),
    payload,
  }
  for (const changes of [
    { productId: 1 },
    { eventType: 2 },
    { payload: {} },
    { payload: { sid: 's', rtcInfo: { channel: '../x', uid: 1 } } },
  ]) {
    const read = await provider.verifyCallback?.(agora.notice({ ...notice, ...changes }))
    expect(read).toMatchObject({ events: [] })
    expect(read?.follow).toBeUndefined()
  }
})

test('an encoder may begin until its key expires', async () => {
  const id = newId()
  const { streamKey, expiresAt } = await provider.pushKey({ id, secret: 'sk_x' })
  expect(Date.parse(expiresAt ?? '') - clock.now().getTime()).toBe(7 * 86_400_000)
  expect(agora.publish(streamKey)).not.toBeNull()
  clock.advanceMs(7 * 86_400_000 + 1)
  expect(agora.publish(streamKey)).toBeNull()
})
