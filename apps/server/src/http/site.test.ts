import { beforeAll, describe, expect, test } from 'vitest'
import { openStage } from '../testing/stage.ts'
import { createWorld, type World } from '../testing/world.ts'
import { createProxies } from './proxies.ts'
import { createSite } from './site.ts'

describe('a site without a public address', () => {
  const site = createSite({ publicUrl: '', fallbackHost: 'localhost:8080' })

  test.each(['shop.example', 'localhost:8080', '192.168.1.7:80', '[::1]:8080', 'a_b.example'])(
    'is reached under %s',
    host => expect(site.hostOf(host)).toBe(host),
  )

  test.each([
    'a.example; script-src *',
    'a.example"',
    'a.example/path',
    'user@a.example',
    'a.example:80:80',
    'a b',
    '[::1',
    'a.example:123456',
    'é.example',
    'a'.repeat(300),
  ])('is not called %j', host => expect(() => site.hostOf(host)).toThrow('request.invalid'))

  test('has its usual address for who names none', () =>
    expect(site.hostOf(undefined)).toBe('localhost:8080'))
})

describe('a site with a public address', () => {
  const site = createSite({ publicUrl: 'https://shop.example', fallbackHost: 'localhost:8080' })

  test('hands out that one, whatever callers say', () => {
    expect(site.hostOf('evil.example')).toBe('shop.example')
    expect(site.hostOf('a.example; script-src *')).toBe('shop.example')
  })

  test.each([
    ['https://shop.example', 'shop.example', true],
    ['https://shop.example', '10.0.0.7:8080', true],
    ['http://shop.example', 'shop.example', false],
    ['https://evil.example', 'shop.example', false],
    ['null', 'shop.example', false],
    ['', 'shop.example', false],
  ])('of a page at %j asking %s: is it ours? %s', (origin, host, isOurs) =>
    expect(site.isOurs(origin, host)).toBe(isOurs),
  )
})

describe('who calls', () => {
  const { clientOf, isLocal } = createProxies(['10.0.0.0/8', '2001:db8::1'])
  const from = (remoteAddress: string, headers: Record<string, string> = {}) =>
    Object.assign(Object.create(null), { socket: { remoteAddress }, headers })

  test.each([
    ['203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['::ffff:10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['10.0.0.1', 'spoofed, 1.1.1.1, 198.51.100.1, 10.0.0.2', '198.51.100.1'],
    ['10.0.0.1', '', '10.0.0.1'],
    ['2001:db8::1', '2001:db8:7::9', '2001:db8:7::9'],
  ])('%s saying it speaks for %j is %s', (remote, forwarded, client) =>
    expect(clientOf(from(remote, { 'x-forwarded-for': forwarded }))).toBe(client),
  )

  test.each([
    ['127.0.0.1', { host: 'localhost:8080' }, true],
    ['::ffff:127.0.0.1', { host: '127.0.0.1' }, true],
    ['::1', { host: '[::1]:8080' }, true],
    ['203.0.113.9', { host: 'localhost:8080' }, false],
    ['127.0.0.1', { host: 'rebound.evil.example' }, false],
    ['127.0.0.1', {}, false],
    ['127.0.0.1', { host: 'localhost', 'x-forwarded-for': '127.0.0.1' }, false],
    ['127.0.0.1', { host: 'localhost', via: '1.1 proxy' }, false],
  ])('%s with %j is on this machine: %s', (remote, headers, expected) =>
    expect(isLocal(from(remote, { ...headers }))).toBe(expected),
  )
})

describe('the public site', async () => {
  const stage = await openStage({
    KAIBO_PUBLIC_URL: 'https://shop.example',
    KAIBO_MEDIA_URL: 'https://media.example',
    KAIBO_METRICS_TOKEN: 'scrape-me',
  })
  const { ask } = stage
  let world: World
  beforeAll(async () => {
    world = await createWorld(stage)
  })

  test('answers with the reviewed headers', async () => {
    const { headers } = await ask({ url: '/', headers: { host: 'evil.example' } })
    const own = Object.entries(headers).filter(
      ([name]) => !['content-length', 'date', 'connection', 'x-request-id'].includes(name),
    )
    expect(Object.fromEntries(own)).toMatchInlineSnapshot(`
      {
        "cache-control": "no-cache",
        "content-security-policy": "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob: https://media.example wss://media.example; connect-src 'self' wss://shop.example https://media.example wss://media.example; worker-src 'self' blob:; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'; object-src 'none'",
        "content-type": "text/html; charset=utf-8",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(self), microphone=(self), geolocation=(), payment=()",
        "referrer-policy": "strict-origin-when-cross-origin",
        "strict-transport-security": "max-age=31536000",
        "x-content-type-options": "nosniff",
        "x-frame-options": "SAMEORIGIN",
      }
    `)
  })

  test('builds every address on its own name', async () => {
    const { shopId, liveId: id } = world
    const session = await world.must('owner', 'live.session', { shopId, id })
    expect(session.rtmpUrl).toBe('rtmp://shop.example:1935/live')
  })

  test('sets a cookie that belongs to this host over https alone', async () => {
    const phone = '13700007777'
    await ask({ method: 'POST', url: '/api/auth/codes', payload: { phone } })
    const [message] = (await stage.booted.kaibo.outboxSms?.recent(1)) ?? []
    const code = /\d{6}/.exec(message?.text ?? '')?.[0]
    const payload = { phone, code, transport: 'cookie' }
    const { headers } = await ask({ method: 'POST', url: '/api/auth/sessions', payload })
    expect(String(headers['set-cookie'])).toMatch(
      /^__Host-kaibo=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    )
  })

  test('shows its outbox to nobody, for its proxy may call from this machine', async () => {
    const headers = { host: 'localhost' }
    expect(await ask({ url: '/dev/outbox.json', headers })).toMatchObject({ status: 404 })
  })

  test('shows its numbers to who has the token', async () => {
    const metrics = (headers: Record<string, string>) =>
      ask({ url: '/metrics', remoteAddress: '203.0.113.7', headers })
    expect(await metrics({})).toMatchObject({ status: 404 })
    expect(await metrics({ authorization: 'Bearer wrong' })).toMatchObject({ status: 404 })
    const right = await metrics({ authorization: 'Bearer scrape-me' })
    expect(right.text).toMatch(/^kaibo_http_seconds_count\{.*"\/api\/auth\/sessions".*\} \d+$/m)
    expect(right.text).toMatch(/^kaibo_sockets 0$/m)
  })
})
