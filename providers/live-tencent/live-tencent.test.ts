import { manualClock } from '@kaibo/kernel/clock'
import { newId } from '@kaibo/kernel/ids'
import { afterAll, expect, test } from 'vitest'
import { testLiveCallbacks, testLiveProvider } from '../live-vendor/testing/contract.ts'
import { createLiveTencent } from './index.ts'
import { callbackSign, signStream, signTc3 } from './sign.ts'
import { callbackRequest, startTencent } from './testing/index.ts'

const clock = manualClock(new Date('2026-11-25T02:00:00Z'))
const account = {
  clock,
  secretId: 'AKIDexample',
  secretKey: 'secret-key-of-the-cloud',
  pushDomain: 'push.example.com',
  pushKey: 'push-key',
  playDomain: 'play.example.com',
  playKey: 'play-key',
  callbackKey: 'CBKEY',
}
const cloud = await startTencent(account)
afterAll(cloud.close)
const needs = { ...account, app: 'live', signing: 'md5' as const, pushSec: 7 * 86_400 }
const tencent = createLiveTencent({ ...needs, apiUrl: cloud.origin })
/** The list of streams is asked for every 15 seconds only. */
const onAir = () => {
  clock.advanceMs(15_000)
  return tencent.onAir()
}
const provider = { ...tencent, onAir }

const pushed = (streamKey: string) => {
  const [stream = '', param = ''] = streamKey.split('?')
  return cloud.push(stream, param)
}
const stage = {
  provider,
  absent: createLiveTencent({
    ...{ ...needs, apiUrl: 'http://127.0.0.1:1', playDomain: '127.0.0.1:1' },
  }),
  publish: async ({ streamKey }: { streamKey: string }) => pushed(streamKey) ?? [],
  leave: async (id: string) => cloud.leave(id),
  mayPlay: async (url: string) => cloud.mayPlay(url),
}
testLiveProvider('Tencent', stage)
testLiveCallbacks('Tencent', stage)

test('addresses are signed as published', () => {
  const stream = { stream: 'room1', expSec: 1_700_000_000 }
  expect(signStream({ key: 'KEY123', signing: 'md5' }, stream)).toBe(
    'txSecret=7469486b8fb3ee5525f86ae66cde72ef&txTime=6553F100',
  )
  expect(signStream({ key: 'KEY123', signing: 'sha256' }, stream)).toBe(
    'txSecret=98bd49ecd5506d9fc9983066c71d920d5b1b743e1b30727a8596b7ea9a4292b8&txTime=6553F100',
  )
})

test('the sign of callbacks is as published', () =>
  expect(callbackSign('CBKEY', 1_700_000_600)).toBe('06b411cd6e67c40e562d57895af35b03'))

test("calls are signed as in the documents' own example, whose secret key is asterisks", () => {
  const payload = String.raw`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`
  const call = { host: 'cvm.tencentcloudapi.com', service: 'cvm', action: 'DescribeInstances' }
  const signed = signTc3(
    { secretId: 'AKID', secretKey: '*'.repeat(32) },
    { ...call, payload, atSec: 1_551_113_065 },
  )
  expect(signed).toBe(
    'TC3-HMAC-SHA256 Credential=AKID/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f',
  )
})

test('an encoder may begin until its key expires', async () => {
  const { streamKey, expiresAt } = await tencent.pushKey({ id: newId(), secret: 'sk_x' })
  expect(Date.parse(expiresAt ?? '') - clock.now().getTime()).toBeLessThanOrEqual(7 * 86_400_000)
  expect(pushed(streamKey)).not.toBeNull()
  expect(pushed(streamKey.replace('sk_x', 'sk_y'))).not.toBeNull()
  expect(pushed(streamKey.replace(/txTime=./, 'txTime=7'))).toBeNull()
  clock.advanceMs(7 * 86_400_000 + 1_000)
  expect(pushed(streamKey)).toBeNull()
})

test('who is cut may come again; a stream that ended takes nobody until it is reopened', async () => {
  const id = newId()
  const { streamKey } = await tencent.pushKey({ id, secret: 'sk_x' })
  pushed(streamKey)
  await tencent.kick(id, 'key_renewed')
  expect(pushed(streamKey)).not.toBeNull()
  await tencent.end(id)
  expect(pushed(streamKey)).toBeNull()
  await tencent.reopen?.(id)
  expect(pushed(streamKey)).not.toBeNull()
})

test('the list of streams is not asked for more often than every 15 seconds', async () => {
  expect(await onAir()).not.toBeNull()
  expect(await tencent.onAir()).toBeNull()
})

test('a forged or a late callback, or one of another domain, is not believed', async () => {
  const id = newId()
  const { streamKey } = await tencent.pushKey({ id, secret: 'sk_x' })
  const [genuine] = pushed(streamKey) ?? []
  const body: Record<string, unknown> = JSON.parse(String(genuine && Buffer.from(genuine.rawBody)))
  const read = async (changes: object) =>
    (await tencent.verifyCallback?.(callbackRequest({ ...body, ...changes }))) ?? null
  expect((await read({}))?.events).toHaveLength(1)
  const t = Number(body.t)
  for (const changes of [
    { sign: callbackSign('other', t) },
    { t: t + 1 },
    { sign: '' },
    { t: '1' },
  ])
    expect(await read(changes)).toBeNull()
  for (const changes of [{ app: 'other.example' }, { appname: 'x' }, { stream_id: '../x' }])
    expect(await read(changes)).toMatchObject({ events: [], publisher: null })
  expect(await read({ event_type: 200 })).toMatchObject({ events: [] })
  const farAway = t + 86_400
  expect(await read({ t: farAway, sign: callbackSign('CBKEY', farAway) })).toBeNull()
  clock.advanceMs(601_000)
  expect(await read({})).toBeNull()
})

test('calls with a wrong key are refused', async () => {
  const wrong = createLiveTencent({ ...needs, apiUrl: cloud.origin, secretKey: 'wrong' })
  await expect(wrong.kick(newId(), 'x')).rejects.toThrow('AuthFailure.SignatureFailure')
  expect(await wrong.onAir()).toBeNull()
})
