import { allEndpoints } from '@kaibo/contract/api'
import type { EndpointDef } from '@kaibo/contract/core/endpoint'
import { openApi } from '@kaibo/contract/core/openapi'
import { expect, test } from 'vitest'
import { clientRoutes } from './gen-client.ts'
import { moduleGraph } from './module-graph.ts'
import { settingsTable } from './settings-table.ts'

const pay: EndpointDef = {
  method: 'POST',
  path: '/orders/:id/payments',
  summary: 'Pay',
  can: 'order.buy',
  scope: 'self',
  rate: 'money',
  idempotency: 'key',
  audit: 'money',
  reply: 'bytes',
  errors: [],
}

test('the client table has a line per route, without schemas', () => {
  const text = clientRoutes([{ name: 'order.pay', def: pay }])
  expect(text).toContain("  order: {\n    pay: ['POST', '/orders/:id/payments', 'key'],\n  },\n")
})

test('a route that the client could not call is refused', () => {
  const def: EndpointDef = { ...pay, body: 'bytes' }
  expect(() => clientRoutes([{ name: 'order.pay', def }])).toThrow('idempotency key')
})

test('the OpenAPI document has every route once, and no reference leads nowhere', () => {
  const document = openApi({ version: '1.2.3' })
  const text = JSON.stringify(document)
  const ids = [...text.matchAll(/"operationId":"([^"]+)"/g)].map(match => match[1])
  expect(ids.sort()).toEqual(
    allEndpoints()
      .map(({ name }) => name)
      .sort(),
  )
  const references = [...text.matchAll(/"\$ref":"#\/components\/([^"]+)"/g)].map(match => match[1])
  for (const path of new Set(references))
    expect(document).toHaveProperty(['components', ...(path ?? '').split('/')])
})

test('the graph shows who knows whom, and who knows nobody', () => {
  const text = moduleGraph({ order: ['stock'], stock: [], audit: [] })
  expect(text).toContain('  order --> stock\n  audit\n')
})

test('every setting stands in the table with its default', () => {
  const text = settingsTable()
  expect(text).toContain('| `PORT` | `8080` | Port of the shop')
  expect(text).toContain('| `DATABASE_URL` | empty |')
})
