import { connect } from 'node:net'
import { systemClock } from '@kaibo/kernel/clock'
import { newId } from '@kaibo/kernel/ids'
import type { InjectOptions } from 'fastify'
import { beforeAll, describe, expect, test } from 'vitest'
import { requestOf } from '../testing/request.ts'
import { openStage } from '../testing/stage.ts'
import { createWorld, type World } from '../testing/world.ts'
import { createCallLimits } from './limits.ts'

const stage = await openStage()
const { ask, app, config } = stage
let world: World

beforeAll(async () => {
  await app.listen({ port: config.PORT, host: '127.0.0.1' })
  world = await createWorld(stage)
})

const host = 'shop.example:8080'
const patchMe = (headers: Record<string, string>, nickname = '改名'): InjectOptions => ({
  method: 'PATCH',
  url: '/api/me',
  headers: { host, ...headers },
  payload: { nickname },
})
const cookie = () => `kaibo=${world.token('user')}`
const nickname = async () => {
  const { user } = await world.must('user', 'account.me', {})
  return typeof user === 'object' && user && 'nickname' in user ? user.nickname : undefined
}

describe('a request that rides on the cookie', () => {
  test.each([
    ['no page', {}],
    ['a page of a stranger', { origin: 'https://evil.example' }],
    [
      'a page of a stranger with our name in it',
      { origin: 'http://shop.example:8080.evil.example' },
    ],
    ['a sandboxed page', { origin: 'null' }],
    ['our host on another port', { origin: 'http://shop.example:9090' }],
  ])('changes nothing when it comes from %s', async (_from, headers) => {
    const before = await nickname()
    const answer = await ask(patchMe({ cookie: cookie(), ...headers }, '被改了'))
    expect(answer).toMatchObject({ status: 403, body: { code: 'request.forged' } })
    expect(await nickname()).toBe(before)
  })

  test('works from our own page, and reading needs no origin', async () => {
    const origin = `http://${host}`
    expect(await ask(patchMe({ cookie: cookie(), origin }))).toMatchObject({ status: 200 })
    const read = await ask({ url: '/api/me', headers: { host, cookie: cookie() } })
    expect(read.body).toMatchObject({ user: { nickname: '改名' } })
  })

  test('a bearer token needs no origin: no browser adds it by itself', async () => {
    const authorization = `Bearer ${world.token('user')}`
    expect(await ask(patchMe({ authorization }))).toMatchObject({ status: 200 })
  })
})

describe('signing in and out', () => {
  test('pages get a cookie that scripts cannot read and other sites cannot send', async () => {
    const phone = '13700009999'
    await ask({ method: 'POST', url: '/api/auth/codes', payload: { phone } })
    const [message] = (await stage.booted.kaibo.outboxSms?.recent(1)) ?? []
    const code = /\d{6}/.exec(message?.text ?? '')?.[0]
    const payload = { phone, code, transport: 'cookie' }
    const { headers, body } = await ask({ method: 'POST', url: '/api/auth/sessions', payload })
    expect(body).toMatchObject({ token: null })
    expect(String(headers['set-cookie'])).toMatch(
      /^kaibo=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    )
  })

  test('after signing out the token is dead', async () => {
    const token = await stage.signIn('13700008888')
    const { status } = await ask(requestOf({ name: 'account.signOut', input: {}, token }))
    expect(status).toBe(200)
    const after = await ask(requestOf({ name: 'account.addresses', input: {}, token }))
    expect(after).toMatchObject({ status: 401, body: { code: 'auth.required' } })
  })

  test.each([
    '',
    'x',
    'Bearer',
    'Bearer ',
    `Bearer ${'a'.repeat(43)}`,
    `Bearer ${'a'.repeat(4_000)}`,
  ])('an authorization of %j is nobody’s', async authorization => {
    const { body } = await ask({ url: '/api/me', headers: { authorization } })
    expect(body).toMatchObject({ user: null })
  })
})

describe('what is not right is refused and changes nothing', () => {
  const json = 'application/json'
  const bodies: readonly [string, string, string, number, string][] = [
    ['an unknown field', json, '{"nickname":"x","roles":["operator"]}', 400, 'request.invalid'],
    ['a wrong type', json, '{"nickname":7}', 400, 'request.invalid'],
    ['a text too long', json, `{"nickname":"${'长'.repeat(25)}"}`, 400, 'request.invalid'],
    ['blanks only', json, '{"nickname":"   "}', 400, 'request.invalid'],
    ['a control character', json, '{"nickname":"a\\u0007b"}', 400, 'request.invalid'],
    ['marks of direction only', json, '{"nickname":"\\u202e\\u2066"}', 400, 'request.invalid'],
    ['NUL', json, '{"nickname":"a\\u0000b"}', 400, 'request.invalid'],
    ['half of JSON', json, '{"nickname":', 400, 'request.invalid'],
    ['an array', json, '[]', 400, 'request.invalid'],
    ['nothing', json, '', 400, 'request.invalid'],
    ['a polluted prototype', json, '{"__proto__":{"a":1}}', 400, 'request.invalid'],
    ['deep nesting', json, '['.repeat(100_000), 400, 'request.invalid'],
    ['a body of 300 kB', json, `{"nickname":"${'a'.repeat(300_000)}"}`, 413, 'request.too_large'],
    ['plain text', 'text/plain', 'nickname=x', 415, 'request.unsupported_type'],
    ['a form', 'application/x-www-form-urlencoded', 'nickname=x', 415, 'request.unsupported_type'],
    ['XML', 'application/xml', '<a/>', 415, 'request.unsupported_type'],
  ]

  test.each(bodies)('%s', async (_what, type, payload, status, code) => {
    const before = await nickname()
    const authorization = `Bearer ${world.token('user')}`
    const headers = { authorization, 'content-type': type }
    const answer = await ask({ method: 'PATCH', url: '/api/me', headers, payload })
    expect(answer).toMatchObject({ status, body: { status, code } })
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(await nickname()).toBe(before)
  })

  test('a body where none belongs cannot reach into the path', async () => {
    const { shopId, otherShopId, liveId: id } = world
    const request = requestOf({
      name: 'live.end',
      input: { shopId: otherShopId, id },
      token: world.token('otherOwner'),
    })
    const headers = { ...request.headers, 'content-type': json }
    const answer = await ask({ ...request, headers, payload: JSON.stringify({ shopId }) })
    expect(answer).toMatchObject({ status: 400, body: { code: 'request.invalid' } })
    expect(await world.must('owner', 'live.session', { shopId, id })).not.toMatchObject({
      state: 'ended',
    })
  })

  test.each([
    '/api/live?category=tea&category=food',
    '/api/live?cursor=x',
    '/api/live/not-an-id',
    '/api/orders?limit=1e9',
    '/api/orders?limit=0',
    '/api/orders?cursor=%00',
    '/api/orders?cursor=made-up',
    '/api/%zz',
    '/api/live/%2e%2e%2fme',
    `/api/live/${'a'.repeat(300)}`,
    '/api//live',
  ])('GET %s', async url => {
    const headers = { authorization: `Bearer ${world.token('user')}` }
    const answer = await ask({ url, headers })
    expect([400, 404]).toContain(answer.status)
    expect(answer.body).toMatchObject({ code: expect.stringMatching(/^request\./) })
  })

  test('the picture of 6 MB, and what is no picture', async () => {
    const upload = (bytes: Buffer) => world.call('user', 'files.upload', { bytes })
    expect(await upload(Buffer.alloc(6_000_000))).toMatchObject({ status: 413 })
    expect(await upload(Buffer.from('<svg onload="alert(1)"/>'))).toMatchObject({
      status: 415,
      body: { code: 'file.not_a_picture' },
    })
  })

  test('a visitor’s upload is refused before its bytes are read', async () => {
    const answer = await world.call('visitor', 'files.upload', { bytes: Buffer.alloc(6_000_000) })
    expect(answer).toMatchObject({ status: 401, body: { code: 'auth.required' } })
  })
})

/** Sends raw bytes and reads the answer until the server hangs up. */
const sendBytes = (bytes: string) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(config.PORT, '127.0.0.1', () => socket.write(bytes))
    let text = ''
    socket.on('data', chunk => {
      text += chunk
    })
    socket.on('close', () => resolve(text))
    socket.on('error', error =>
      'code' in error && error.code === 'EPIPE' ? resolve(text) : reject(error),
    )
    socket.setTimeout(5_000, () => socket.destroy())
  })

test.each([
  ['noise', '\x16\x03\x01\x02\x00\x01\x00\r\n\r\n', '400'],
  ['a header of 100 kB', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`, '431'],
  [
    'two lengths',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na',
    '400',
  ],
])('%s on the port gets a problem and a closed door', async (_what, bytes, status) => {
  const text = await sendBytes(bytes)
  expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect(text).toContain('application/problem+json')
  expect(await ask({ url: '/livez' })).toMatchObject({ status: 200 })
})

describe('an idempotency key', () => {
  const start = (id: string, idempotencyKey: string) =>
    ask(
      requestOf({
        name: 'pay.start',
        input: { orderIds: [id], channel: 'sandbox' },
        token: world.token('user'),
        idempotencyKey,
      }),
    )

  test('gives the same answer to the same request, also side by side', async () => {
    const [id, key] = [await world.order(), newId()]
    const [first, second, third] = [
      ...(await Promise.all([start(id, key), start(id, key)])),
      await start(id, key),
    ]
    expect(first).toMatchObject({ status: 200, body: { orders: [{ orderId: id }] } })
    expect(second?.text).toBe(first?.text)
    expect(third?.text).toBe(first?.text)
  })

  test('refuses another request', async () => {
    const key = newId()
    await start(await world.order(), key)
    expect(await start(await world.order(), key)).toMatchObject({
      status: 409,
      body: { code: 'request.idempotency_mismatch' },
    })
  })

  test.each(['', 'short', 'with space in it', 'a'.repeat(81)])('may not be %j', async key => {
    expect(await start(await world.order(), key)).toMatchObject({
      status: 400,
      body: { code: 'request.idempotency_key_missing' },
    })
  })
})

test('who asks too often waits, and others do not', async () => {
  const limit = createCallLimits(systemClock)
  const busy = await openStage({}, { limit })
  const from = (remoteAddress: string) =>
    busy.ask({ method: 'POST', url: '/api/auth/codes', remoteAddress, payload: { phone: '1' } })
  let answer = await from('203.0.113.1')
  for (let count = 0; count < 30 && answer.status !== 429; count++)
    answer = await from('203.0.113.1')
  expect(answer).toMatchObject({ status: 429, body: { code: 'request.too_many' } })
  expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1)
  expect(await from('203.0.113.2')).toMatchObject({ status: 400 })
})

test('an endpoint answers with codes that it declares', () => {
  expect(stage.undeclared).toEqual([])
})
