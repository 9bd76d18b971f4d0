import { manualClock } from '@kaibo/kernel/clock'
import { newId } from '@kaibo/kernel/ids'
import type { CallbackRequest } from '@kaibo/modules/live'
import { afterAll, expect, test } from 'vitest'
import { testLiveCallbacks, testLiveProvider } from '../live-vendor/testing/contract.ts'
import { createLiveSrs } from './index.ts'
import { hookRequest, startSrs } from './testing/index.ts'

const clock = manualClock(new Date('2026-11-25T02:00:00Z'))
let taken: CallbackRequest[] = []
const needs = {
  clock,
  secret: 'test-secret',
  rtmpUrl: 'rtmp://srs.example/live',
  playUrl: 'https://play.example',
  webrtcUrl: 'https://rtc.example',
  apiAuth: 'admin:pass',
}

/** Our side of the hooks: whoever names a key is let in. */
const srs = await startSrs({
  auth: needs.apiAuth,
  app: 'live',
  async hooked(hook) {
    const request = hookRequest(hook)
    taken.push(request)
    const callback = await provider.verifyCallback?.(request)
    if (!callback) return { status: 404, body: '{}' }
    return callback.answer(callback.publisher?.key !== '')
  },
})
afterAll(srs.close)
const provider = createLiveSrs({ ...needs, apiUrl: srs.origin })
const absent = createLiveSrs({
  ...needs,
  apiUrl: 'http://127.0.0.1:1',
  playUrl: 'http://127.0.0.1:1',
})

const during = async (act: () => Promise<unknown>) => {
  taken = []
  await act()
  return taken
}
const playedAt = (url: string) => {
  const { pathname, searchParams, search } = new URL(url)
  const name = searchParams.get('stream') ?? pathname.split('/').at(-1)?.split('.')[0] ?? ''
  return srs.mayPlay(name, search)
}

const stage = {
  provider,
  absent,
  publish: ({ streamKey }: { streamKey: string }) => {
    const [stream = '', param] = streamKey.split('?')
    return during(() => srs.publish(stream, `?${param ?? ''}`))
  },
  leave: (id: string) => during(() => srs.leave(id)),
  mayPlay: playedAt,
}
testLiveProvider('SRS', stage)
testLiveCallbacks('SRS', stage)

test('a publisher without a key stays outside, before its first picture', async () => {
  const id = newId()
  expect(await srs.publish(id, '')).toBe(false)
  expect(await srs.publish('not-a-stream', '?key=sk_x')).toBe(false)
  expect(await provider.onAir()).not.toContain(id)
})

test('browsers publish by WHIP with their ticket, or not at all', async () => {
  const id = newId()
  const { endpoints } = await provider.browserIngest('shop.example', { id, ticket: 'pt_x' })
  expect(endpoints).toEqual([
    { protocol: 'whip', url: `https://rtc.example/rtc/v1/whip/?app=live&stream=${id}&key=pt_x` },
  ])
  expect(await srs.publish(id, new URL(endpoints[0]?.url ?? '').search)).toBe(true)
  const without = createLiveSrs({ ...needs, apiUrl: srs.origin, webrtcUrl: '' })
  const none = await without.browserIngest('shop.example', { id, ticket: 'pt_x' })
  expect(none.endpoints).toEqual([])
  const { endpoints: played } = without.play(id, { host: '', latency: 'realtime' })
  expect(played.map(({ protocol }) => protocol)).toEqual(['flv', 'hls'])
})

test('a play address is let in for four hours', async () => {
  const [{ url } = { url: '' }] = provider.play(newId(), { host: '', latency: 'low' }).endpoints
  expect(await playedAt(url)).toBe(true)
  clock.advanceMs(4 * 3_600_000 + 1_000)
  expect(await playedAt(url)).toBe(false)
})

test('a hook of another application is not ours', async () => {
  const hook = { action: 'on_publish', client_id: 'c', app: 'other', stream: newId(), param: '' }
  expect(await provider.verifyCallback?.(hookRequest(hook))).toBeNull()
})

test('an interface that refuses our password says nothing', async () => {
  const wrong = createLiveSrs({ ...needs, apiUrl: srs.origin, apiAuth: 'admin:wrong' })
  expect(await wrong.onAir()).toBeNull()
  await expect(wrong.kick(newId(), 'key_renewed')).rejects.toThrow('401')
})
