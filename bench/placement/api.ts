import { allEndpoints } from '@kaibo/contract/api'
import type { Ctx } from '@kaibo/contract/core/handlers'
import type { PlaceOrder } from '@kaibo/contract/trade/order'
import { must } from '@kaibo/kernel/invariant'
import type { FastifyBaseLogger } from 'fastify'
import { registerApi } from '../../apps/server/src/http/api-routes.ts'
import { createHttpApp } from '../../apps/server/src/http/app.ts'
import { createProxies } from '../../apps/server/src/http/proxies.ts'
import { createSessions } from '../../apps/server/src/http/session.ts'
import { createSite } from '../../apps/server/src/http/site.ts'
import { freePort } from '../lib/server.ts'
import type { Site } from './site.ts'

const silent = () => {}
const silentLog: FastifyBaseLogger = {
  ...{ level: 'silent', fatal: silent, error: silent, warn: silent, info: silent },
  ...{ debug: silent, trace: silent, silent, child: () => silentLog },
}

type Place = Site['market']['placement']['handlers']['place']

/** The server's own HTTP side around one way to place; the token of a caller is a buyer's number. */
export async function openApi({ buyers }: Site, place: Place) {
  const site = createSite({ publicUrl: '', fallbackHost: 'localhost' })
  const { app } = createHttpApp({
    log: silentLog,
    site,
    mediaSources: () => [],
    pageAt: async () => undefined,
  })
  const others = async () => {
    throw new Error('not part of the bench')
  }
  const handlers = new Map(
    allEndpoints().map(({ name }) => [name, name === 'order.place' ? place : others]),
  )
  registerApi(app, {
    handlers,
    site,
    proxies: createProxies([]),
    sessions: createSessions({
      authenticate: async token => must(buyers[Number(token)], 'a buyer').actor,
      site,
    }),
    limit: () => {},
    audit: async () => {},
    idempotent: (_call, run) => run(),
  })
  const port = await freePort()
  await app.listen({ host: '127.0.0.1', port })
  return { port, close: () => app.close() }
}

/** The same answers from memory: what the route costs without a database. */
export function inMemory(sample: Awaited<ReturnType<Place>>): Place {
  const placed = new Map<string, typeof sample>()
  const [order] = sample.orders
  return async (_ctx: Ctx, request: PlaceOrder) => {
    const id = must(request.orders[0], 'an order').id
    const answer = { ...sample, orders: [{ ...must(order, 'a sample'), id, checkoutId: id }] }
    placed.set(id, answer)
    return answer
  }
}
