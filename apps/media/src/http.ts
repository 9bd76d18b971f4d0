import { createServer, type Server } from 'node:http'
import type { Logger } from 'pino'
import { type Exchange, reply } from './http-reply.ts'

export type HttpRoutes = {
  control(exchange: Exchange): Promise<void>
  /** Everything under `/live/`. */
  play(exchange: Exchange): Promise<void>
  metrics(): string
}

const CONNECTIONS_MAX = 5_000

/** The one HTTP server of the process: players, control, health. */
export const createMediaHttp = (routes: HttpRoutes, log: Logger): Server => {
  const route = async (exchange: Exchange): Promise<void> => {
    const { request, response, path } = exchange
    if (path.startsWith('/control/')) return routes.control(exchange)
    if (request.method === 'OPTIONS') return reply(response, { status: 204 })
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return reply(response, { status: 405 })
    }
    if (path.startsWith('/live/')) return routes.play(exchange)
    if (path === '/livez') return reply(response, { status: 200, body: 'ok\n' })
    if (path === '/metrics') {
      const type = 'text/plain; version=0.0.4; charset=utf-8'
      return reply(response, { status: 200, type, body: routes.metrics() })
    }
    return reply(response, { status: 404 })
  }

  const server = createServer((request, response) => {
    const [path = '/', search = ''] = (request.url ?? '/').split('?', 2)
    const exchange = { request, response, path, query: new URLSearchParams(search) }
    route(exchange).catch((error: unknown) => {
      // The path alone: the query holds a play token.
      log.error({ path, error: String(error) }, 'request failed')
      reply(response, { status: 500 })
    })
  })
  server.maxConnections = CONNECTIONS_MAX
  server.headersTimeout = 10_000
  server.requestTimeout = 15_000
  server.keepAliveTimeout = 30_000
  return server
}
