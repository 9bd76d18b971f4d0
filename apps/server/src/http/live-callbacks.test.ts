import { startSrs } from '@kaibo/providers/live-srs/testing'
import { afterAll, expect, test } from 'vitest'
import { openStage } from '../testing/stage.ts'
import { createWorld } from '../testing/world.ts'

const srs = await startSrs({
  auth: 'admin:pass',
  app: 'live',
  async hooked(hook) {
    const { status, text } = await post(JSON.stringify(hook))
    return { status, body: text }
  },
})
afterAll(srs.close)

const stage = await openStage({
  KAIBO_LIVE: 'srs',
  KAIBO_SRS_RTMP_URL: 'rtmp://srs.example/live',
  KAIBO_SRS_PLAY_URL: 'https://play.example',
  KAIBO_SRS_API_URL: srs.origin,
  KAIBO_SRS_API_AUTH: 'admin:pass',
})
const { liveProvider, liveCallbackSecret, mediaSecret, deriveKey } = stage.booted.kaibo
const world = await createWorld(stage)

function post(payload: string, at: { kind?: string; secret?: string } = {}) {
  const { kind = 'srs', secret = liveCallbackSecret } = at
  const headers = { 'content-type': 'application/json' }
  return stage.ask({ method: 'POST', url: `/callbacks/live/${kind}/${secret}`, headers, payload })
}

const at = { shopId: world.shopId, id: world.liveId }
const stateNow = async () => (await world.must('visitor', 'live.room', { id: at.id })).state
const renewed = async () => {
  const { rtmpUrl, streamKey } = await world.must('host', 'live.renewKey', at)
  const [stream = '', param = ''] = String(streamKey).split('?')
  return { rtmpUrl, stream, param: `?${param}` }
}

test('an encoder publishes to SRS with what the studio shows, and viewers get its addresses', async () => {
  const { rtmpUrl, stream, param } = await renewed()
  expect([rtmpUrl, stream]).toEqual(['rtmp://srs.example/live', at.id])
  expect(await srs.publish(stream, '?key=sk_wrong')).toBe(false)
  expect(await stateNow()).toBe('ready')
  expect(await srs.publish(stream, param)).toBe(true)
  expect(await stateNow()).toBe('live')
  const { body, headers } = await stage.ask({ method: 'GET', url: `/api/live/${at.id}` })
  const play = expect.objectContaining({ protocol: 'flv' })
  expect(body).toMatchObject({ play: { endpoints: expect.arrayContaining([play]) } })
  expect(headers['content-security-policy']).toContain(' https://play.example')
  await srs.leave(stream)
  expect(await stateNow()).toBe('away')
})

test('a renewed key is cut at once and stays outside', async () => {
  const old = await renewed()
  await srs.publish(old.stream, old.param)
  const { param } = await renewed()
  expect(await liveProvider.onAir()).toEqual(new Set())
  expect(await srs.publish(old.stream, old.param)).toBe(false)
  expect(await srs.publish(old.stream, param)).toBe(true)
})

test('callbacks need the secret address of the vendor in use', async () => {
  const hook = JSON.stringify({ action: 'on_stop', client_id: 'c', app: 'live', stream: at.id })
  expect(await post(hook)).toMatchObject({ status: 200, text: '0' })
  const guesses = ['x', `${liveCallbackSecret}x`, deriveKey('other').toString('base64url'), '%00']
  for (const secret of guesses) expect((await post(hook, { secret })).status).toBe(404)
  for (const kind of ['tencent', 'embedded', '-'])
    expect((await post(hook, { kind })).status).toBe(404)
  const url = `/callbacks/live/srs/${liveCallbackSecret}`
  expect((await stage.ask({ method: 'GET', url })).status).toBe(404)
})

test('a callback that is too large, or no JSON, moves nothing', async () => {
  expect((await post('x'.repeat(64 * 1024 + 1))).status).toBe(413)
  for (const body of ['', '{', '[]', 'null', '{"action":"on_publish"}'])
    expect((await post(body)).status).toBe(404)
})

test('nobody publishes past the provider, to the media process', async () => {
  const { param } = await renewed()
  const key = new URLSearchParams(param).get('key')
  const answer = await stage.ask({
    method: 'POST',
    url: '/internal/media/authorize',
    headers: { authorization: `Bearer ${mediaSecret}` },
    payload: { key, ip: '192.0.2.7' },
  })
  expect(answer.body).toEqual({ ok: false, reason: 'unknown_key' })
})
