import { allEndpoints, allErrors } from '@kaibo/contract/api'
import { permissions } from '@kaibo/contract/core/permissions'
import { expect, test } from 'vitest'
import { openStage } from '../testing/stage.ts'

const { routes, ask } = await openStage()

/** Everything that is not in the contract, with who it is for. A new one needs a line here. */
const outside: Readonly<Record<string, string>> = {
  'GET /livez': 'operators: the process turns',
  'GET /readyz': 'operators: it can serve',
  'GET /metrics': 'operators: this machine or the token',
  'GET /openapi.json': 'everybody',
  'GET /docs': 'everybody',
  'GET /docs/style.css': 'everybody',
  'GET /assets/*': 'everybody: built pages',
  'GET /studio/assets/*': 'everybody: built pages',
  'GET /console/assets/*': 'everybody: built pages',
  'GET /realtime/events': 'who has a ticket',
  'POST /realtime/events': 'who has the id of a stream',
  'POST /internal/media/authorize': 'the media process: shared secret',
  'POST /internal/media/events': 'the media process: shared secret',
  'POST /callbacks/payment/:channel': 'payment channels: signed bytes',
  'GET /callbacks/live/:provider/:secret': 'the vendor of the picture: secret address',
  'POST /callbacks/live/:provider/:secret':
    'the vendor of the picture: secret address, signed bytes',
  'GET /sandbox/cashier/:tradeNo': 'who has the pass of the trade',
  'POST /sandbox/cashier/:tradeNo': 'who has the pass of the trade',
  'GET /sandbox/style.css': 'everybody',
  'GET /sandbox/cashier.js': 'everybody',
  'POST /sandbox/v1/create': 'merchants of the sandbox bank: signed bytes',
  'POST /sandbox/v1/query': 'merchants of the sandbox bank: signed bytes',
  'POST /sandbox/v1/close': 'merchants of the sandbox bank: signed bytes',
  'POST /sandbox/v1/refund': 'merchants of the sandbox bank: signed bytes',
  'POST /sandbox/v1/bill': 'merchants of the sandbox bank: signed bytes',
  'GET /dev/outbox': 'this machine, demo only',
  'GET /dev/outbox.json': 'this machine, demo only',
}

/** Questions too long for an address: they are sent as POST and change nothing. */
const questions = [
  '/order-previews',
  '/cart-views',
  '/platform/words/try',
  '/shops/:shopId/words/try',
]

test('every route of the server is an endpoint of the contract or on the short list', () => {
  const inContract = allEndpoints().map(({ def }) => `${def.method} /api${def.path}`)
  const declared = new Set([...inContract, ...Object.keys(outside)])
  // Every GET answers HEAD as well.
  const found = routes
    .filter(({ method }) => method !== 'HEAD')
    .map(({ method, url }) => `${method} ${url}`)
  expect(found.filter(route => !declared.has(route))).toEqual([])
  expect(inContract.filter(route => !found.includes(route))).toEqual([])
})

test.each(allEndpoints())('$name declares its permission, scope and classes', ({ def }) => {
  expect([...Object.keys(permissions), 'public']).toContain(def.can)
  expect(['public', 'self', 'shop', 'platform']).toContain(def.scope)
  expect(['read', 'write', 'login', 'upload', 'money']).toContain(def.rate)
  expect(['safe', 'natural', 'key']).toContain(def.idempotency)
  expect(['none', 'write', 'money', 'reveal']).toContain(def.audit)
  expect(def.idempotency === 'safe').toBe(def.method === 'GET' || questions.includes(def.path))
  if (def.scope === 'shop') expect(def.path).toMatch(/^\/shops\/:shopId/)
  if (def.scope === 'platform') expect(def.can).not.toBe('public')
  expect(Object.keys(allErrors)).toEqual(expect.arrayContaining([...def.errors]))
})

test.each(allEndpoints())('the fields of $name have one place each', ({ def }) => {
  const names = [def.params, def.query, def.body].flatMap(part =>
    typeof part === 'object' && 'properties' in part ? Object.keys(Object(part.properties)) : [],
  )
  expect(new Set(names).size).toBe(names.length)
  const inPath = [...def.path.matchAll(/:(\w+)/g)].map(([, name]) => name)
  expect(
    Object.keys(Object(def.params && 'properties' in def.params && def.params.properties)),
  ).toEqual(inPath)
})

test('a path that exists tells which methods it takes', async () => {
  const wrong = await ask({ method: 'DELETE', url: '/api/live' })
  expect(wrong).toMatchObject({ status: 405, body: { code: 'request.wrong_method' } })
  expect(wrong.headers.allow).toBe('GET, HEAD, OPTIONS')
  expect(await ask({ method: 'OPTIONS', url: '/api/live' })).toMatchObject({ status: 204 })
  expect(await ask({ method: 'HEAD', url: '/api/live' })).toMatchObject({ status: 200, text: '' })
})
