import { manualClock } from '@kaibo/kernel/clock'
import { newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { afterAll, expect, test } from 'vitest'
import { testLiveCallbacks, testLiveProvider } from '../live-vendor/testing/contract.ts'
import { createLiveAliyun } from './index.ts'
import { callbackSign, signAcs3, signUri } from './sign.ts'
import { startAliyun } from './testing/index.ts'

const clock = manualClock(new Date('2026-11-25T02:00:00Z'))
const account = {
  clock,
  accessKeyId: 'LTAIexample',
  accessKeySecret: 'secret-key-of-the-cloud',
  pushDomain: 'push.example.com',
  pushKey: 'push-key',
  playDomain: 'play.example.com',
  playKey: 'play-key',
  callbackKey: 'callback-key',
  callbackHost: 'shop.example',
}
const cloud = await startAliyun(account)
afterAll(cloud.close)
const needs = { ...account, app: 'live', pushSec: 7 * 86_400 }
const aliyun = createLiveAliyun({ ...needs, apiUrl: cloud.origin })
/** The list of streams is asked for every 15 seconds only. */
const onAir = () => {
  clock.advanceMs(15_000)
  return aliyun.onAir()
}
const provider = { ...aliyun, onAir }

const pushed = (streamKey: string) => {
  const [stream = '', param = ''] = streamKey.split('?')
  return cloud.push(stream, param)
}
const stage = {
  provider,
  absent: createLiveAliyun({
    ...{ ...needs, apiUrl: 'http://127.0.0.1:1', playDomain: '127.0.0.1:1' },
  }),
  publish: async ({ streamKey }: { streamKey: string }) => pushed(streamKey) ?? [],
  leave: async (id: string) => cloud.leave(id),
  mayPlay: async (url: string) => cloud.mayPlay(url),
}
testLiveProvider('Aliyun', stage)
testLiveCallbacks('Aliyun', stage)

test.each([
  ['/live/room1', 'dacabbfa622d66c55f535dd96bd74742'],
  ['/live/room1.flv', '3c4d1dc3d7750aa9a30bb952a8818309'],
  ['/live/room1.m3u8', '08b300695fc682baf2263b2a1d56e344'],
])('the address %s is signed as published', (uri, mac) =>
  expect(signUri('KEY123', { uri, atSec: 1_700_000_000, rand: '0' })).toBe(
    `auth_key=1700000000-0-0-${mac}`,
  ),
)

test("callbacks are signed as in the documents' own example", () => {
  const to = { host: 'learn.aliyundoc.com', at: '1519375990' }
  expect(callbackSign('yourkey', to)).toBe('9e226fc2c250be266e3657e156f68c12')
})

test("calls are signed as in the documents' own example", () => {
  const signed = signAcs3(
    { accessKeyId: 'YourAccessKeyId', accessKeySecret: 'YourAccessKeySecret' },
    {
      host: 'ecs.cn-shanghai.aliyuncs.com',
      action: 'RunInstances',
      version: '2014-05-26',
      query: {
        RegionId: 'cn-shanghai',
        ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd',
      },
      date: '2023-10-26T10:22:32Z',
      nonce: '3156853299f313e23d1673dc12e1703d',
    },
  )
  expect(signed.headers.authorization).toBe(
    'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
  )
})

test('who is cut may come again; a stream that ended takes nobody until it is reopened', async () => {
  const id = newId()
  const { streamKey } = await aliyun.pushKey({ id, secret: 'sk_x' })
  pushed(streamKey)
  await aliyun.kick(id, 'key_renewed')
  expect(pushed(streamKey)).not.toBeNull()
  await aliyun.end(id)
  expect(pushed(streamKey)).toBeNull()
  await aliyun.reopen?.(id)
  expect(pushed(streamKey)).not.toBeNull()
})

test('an encoder may begin until its key expires, and the validity of the domain longer', async () => {
  const { streamKey } = await aliyun.pushKey({ id: newId(), secret: 'sk_x' })
  expect(pushed(streamKey.replace(/auth_key=\d/, 'auth_key=9'))).toBeNull()
  clock.advanceMs((7 * 86_400 + 1_800) * 1_000)
  expect(pushed(streamKey)).not.toBeNull()
  clock.advanceMs(1_000)
  expect(pushed(streamKey)).toBeNull()
})

test('a forged or an old callback, or one of another domain, is not believed', async () => {
  const { streamKey } = await aliyun.pushKey({ id: newId(), secret: 'sk_x' })
  const genuine = must(pushed(streamKey)?.[0], 'a callback')
  const verify = async (changes: object) =>
    (await aliyun.verifyCallback?.({ ...genuine, ...changes })) ?? null
  const withHeaders = (headers: object) => verify({ headers: { ...genuine.headers, ...headers } })
  const withQuery = (query: object) => verify({ query: { ...genuine.query, ...query } })
  expect((await verify({}))?.events).toHaveLength(1)
  const at = String(Number(genuine.headers['ali-live-timestamp']) + 1)
  const ofAnother = callbackSign('callback-key', { host: 'evil.example', at })
  for (const headers of [
    { 'ali-live-timestamp': at },
    { 'ali-live-signature': 'x' },
    { 'ali-live-signature': undefined },
    { 'ali-live-timestamp': at, 'ali-live-signature': ofAnother },
  ])
    expect(await withHeaders(headers)).toBeNull()
  for (const query of [{ app: 'other' }, { appname: 'x' }, { id: '../x' }, { time: 'now' }])
    expect(await withQuery(query)).toMatchObject({ events: [], publisher: null })
  expect(await withQuery({ action: 'record' })).toMatchObject({ events: [] })
  clock.advanceMs(301_000)
  expect(await verify({})).toBeNull()
})

test('calls with a wrong key are refused', async () => {
  const wrong = createLiveAliyun({ ...needs, apiUrl: cloud.origin, accessKeySecret: 'wrong' })
  await expect(wrong.kick(newId(), 'x')).rejects.toThrow('400')
  expect(await wrong.onAir()).toBeNull()
})
