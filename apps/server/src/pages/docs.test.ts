import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { allEndpoints, allErrors } from '@kaibo/contract/api'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { rootDir } from '../boot.ts'
import { openStage } from '../testing/stage.ts'

const { ask, booted, cutOff } = await openStage()

type Node = Readonly<Record<string, unknown>>
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null

/** Every object of a document, with where it stands. */
function* nodesOf(value: unknown, at: string): Generator<[string, Node]> {
  if (!isNode(value)) return
  yield [at, value]
  for (const [key, part] of Object.entries(value)) {
    const step = key.replaceAll('~', '~0').replaceAll('/', '~1')
    yield* nodesOf(part, `${at}/${step}`)
  }
}

test('the served document is the one in docs/', async () => {
  const { body, headers } = await ask({ url: '/openapi.json' })
  expect(headers['content-type']).toBe('application/json; charset=utf-8')
  expect(body).toEqual(JSON.parse(readFileSync(join(rootDir, 'docs/openapi.json'), 'utf8')))
})

test('the document is sound OpenAPI 3.1', async () => {
  const { body } = await ask({ url: '/openapi.json' })
  const document = isNode(body) ? body : {}
  expect(document.openapi).toMatch(/^3\.1\.\d$/)
  expect(document.info).toMatchObject({ title: 'Kaibo API', version: '0.1.0' })

  const nodes = [...nodesOf(document, '#')]
  const places = new Set(nodes.map(([at]) => at))
  const refs = nodes.flatMap(([, node]) => (typeof node.$ref === 'string' ? [node.$ref] : []))
  expect(refs.length).toBeGreaterThan(50)
  expect(refs.filter(ref => !places.has(ref))).toEqual([])

  const operations = nodes.filter(([, node]) => 'operationId' in node)
  const ids = operations.map(([, node]) => node.operationId)
  expect(ids.toSorted()).toEqual(
    allEndpoints()
      .map(({ name }) => name)
      .toSorted(),
  )
  for (const [at, operation] of operations) {
    expect(isNode(operation.responses) && Object.keys(operation.responses), at).toContain('200')
    const inPath = [...at.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const parameters = Array.isArray(operation.parameters) ? operation.parameters : []
    const declared = parameters.filter(one => one.in === 'path' && one.required === true)
    expect(declared.map(one => one.name).toSorted(), at).toEqual(inPath.toSorted())
  }
})

test('every schema of the document is JSON Schema 2020-12', async () => {
  const { body } = await ask({ url: '/openapi.json' })
  const ajv = new Ajv2020({ strict: false, formats: { 'date-time': true, binary: true } })
  if (!isNode(body)) throw new Error('the document is an object')
  ajv.addSchema(body, 'document', undefined, false)
  const schemas = [...nodesOf(body, '#')].filter(([at]) => /\/schema$|\/schemas\/\w+$/.test(at))
  expect(schemas.length).toBeGreaterThan(100)
  for (const [at, schema] of schemas) {
    expect(ajv.validateSchema(schema), at).toBe(true)
    expect(() => ajv.compile({ $ref: `document${encodeURI(at)}` }), at).not.toThrow()
  }
})

test('people find every endpoint and every error on one page', async () => {
  const { text, headers } = await ask({ url: '/docs' })
  expect(headers['content-type']).toBe('text/html; charset=utf-8')
  for (const { name } of allEndpoints()) expect(text).toContain(`id="${name}"`)
  for (const code of Object.keys(allErrors)) expect(text).toContain(`id="e-${code}"`)
  expect(text).not.toMatch(/<script|\sstyle="|\son\w+="/)
  expect(await ask({ url: '/docs/style.css' })).toMatchObject({ status: 200 })
})

test('the dev outbox shows codes, escaped, to this machine', async () => {
  await booted.kaibo.outboxSms?.send({
    phone: '13800000001',
    text: '<b>123456</b>',
    kind: 'login_code',
  })
  const { text } = await ask({ url: '/dev/outbox', headers: { host: 'localhost' } })
  expect(text).toContain('&lt;b&gt;123456')
  expect(await ask({ url: '/dev/outbox', remoteAddress: '203.0.113.7' })).toMatchObject({
    status: 404,
  })
})

test('it lives on, and is not ready, without its database', async () => {
  expect(await ask({ url: '/readyz' })).toMatchObject({ status: 200, body: { ok: true } })
  await cutOff()
  expect(await ask({ url: '/livez' })).toMatchObject({ status: 200 })
  expect(await ask({ url: '/readyz' })).toMatchObject({
    status: 503,
    body: { ok: false, reasons: ['the database does not answer'] },
  })
})
