import { systemClock } from '@kaibo/kernel/clock'
import type { CallbackRequest } from '@kaibo/modules/live'
import { startAliyun } from '@kaibo/providers/live-aliyun/testing'
import { afterAll, expect, test } from 'vitest'
import { openStage } from '../testing/stage.ts'
import { createWorld } from '../testing/world.ts'

const account = {
  accessKeyId: 'LTAIexample',
  accessKeySecret: 'secret-key-of-the-cloud',
  pushDomain: 'push.example.com',
  pushKey: 'push-key',
  playDomain: 'play.example.com',
  playKey: 'play-key',
  callbackKey: 'callback-key',
  callbackHost: 'shop.example',
}
const cloud = await startAliyun({ ...account, clock: systemClock })
afterAll(cloud.close)

const stage = await openStage({
  KAIBO_LIVE: 'aliyun',
  KAIBO_PUBLIC_URL: 'https://shop.example',
  KAIBO_ALIYUN_PUSH_DOMAIN: account.pushDomain,
  KAIBO_ALIYUN_PUSH_KEY: account.pushKey,
  KAIBO_ALIYUN_PLAY_DOMAIN: account.playDomain,
  KAIBO_ALIYUN_PLAY_KEY: account.playKey,
  KAIBO_ALIYUN_CALLBACK_KEY: account.callbackKey,
  KAIBO_ALIYUN_ACCESS_KEY_ID: account.accessKeyId,
  KAIBO_ALIYUN_ACCESS_KEY_SECRET: account.accessKeySecret,
  KAIBO_ALIYUN_API_URL: cloud.origin,
})
const { liveCallbackSecret } = stage.booted.kaibo
const world = await createWorld(stage)

const at = { shopId: world.shopId, id: world.liveId }
const stateNow = async () => (await world.must('visitor', 'live.room', { id: at.id })).state
const tell = async (callbacks: readonly Pick<CallbackRequest, 'headers' | 'query'>[] | null) => {
  const statuses: number[] = []
  for (const { headers, query } of callbacks ?? []) {
    const url = `/callbacks/live/aliyun/${liveCallbackSecret}`
    statuses.push((await stage.ask({ method: 'GET', url, headers, query })).status)
  }
  return statuses
}
const newKey = async () => {
  const { streamKey, expiresAt } = await world.must('host', 'live.renewKey', at)
  const [stream = '', param = ''] = String(streamKey).split('?')
  return { stream, param, expiresAt }
}

test('a room follows what the cloud tells by signed callbacks', async () => {
  const { stream, param, expiresAt } = await newKey()
  expect(Date.parse(String(expiresAt))).toBeGreaterThan(Date.now())
  const begun = cloud.push(stream, param)
  expect(await stateNow()).toBe('ready')
  expect(await tell(begun)).toEqual([200])
  expect(await stateNow()).toBe('live')
  const room = await world.must('visitor', 'live.room', { id: at.id })
  const urls = JSON.stringify(room.play).match(/https:[^"]+/g) ?? []
  expect(urls.map(url => cloud.mayPlay(url))).toEqual([true, true])
  expect(await tell(cloud.leave(stream))).toEqual([200])
  expect(await tell(begun)).toEqual([200])
  expect(await stateNow()).toBe('away')
})

test('a callback without its signature is as unknown as an address that is not there', async () => {
  const { stream, param } = await newKey()
  const [callback] = cloud.push(stream, param) ?? []
  expect(await tell([{ headers: {}, query: callback?.query ?? {} }])).toEqual([404])
  expect(await stateNow()).toBe('away')
})

test('who still has a renewed key is cut as soon as the cloud tells of him', async () => {
  const old = await newKey()
  const { stream, param } = await newKey()
  expect(await tell(cloud.push(old.stream, old.param))).toEqual([200])
  expect([cloud.leave(stream), await stateNow()]).toEqual([[], 'away'])
  expect(await tell(cloud.push(stream, param))).toEqual([200])
  expect(await stateNow()).toBe('live')
})
