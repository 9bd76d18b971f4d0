import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { WebSocketServer } from 'ws'
import { type Exchange, reply } from './http-reply.ts'
import type { HttpRoute, SocketRefusal, SocketRoute } from './part.ts'

export type HttpRoutes = {
  /** Asked in this order; the first whose path matches answers. */
  readonly routes: readonly HttpRoute[]
  readonly sockets: readonly SocketRoute[]
}

const CONNECTIONS_MAX = 5_000

/** The one HTTP server of the process: players, browsers that publish, control, health. */
export const createMediaHttp = ({ routes, sockets }: HttpRoutes, log: Logger): Server => {
  const answer = async (exchange: Exchange): Promise<void> => {
    const { request, response, path } = exchange
    const method = request.method ?? 'GET'
    const fitting = routes.filter(route => route.path.test(path))
    const route = fitting.find(({ methods }) => methods.includes(method))
    if (route) return route.handle(exchange)
    if (method === 'OPTIONS') return reply(response, { status: 204 })
    return reply(response, { status: fitting.length > 0 ? 405 : 404 })
  }

  const server = createServer((request, response) => {
    const exchange = { request, response, ...takeApart(request) }
    answer(exchange).catch((error: unknown) => {
      // The path alone: the query holds a play token.
      log.error({ path: exchange.path, error: String(error) }, 'request failed')
      reply(response, { status: 500 })
    })
  })
  server.maxConnections = CONNECTIONS_MAX
  server.headersTimeout = 10_000
  server.requestTimeout = 15_000
  server.keepAliveTimeout = 30_000
  acceptSockets(server, sockets)
  return server
}

const takeApart = (request: IncomingMessage): Pick<Exchange, 'path' | 'query'> => {
  const [path = '/', search = ''] = (request.url ?? '/').split('?', 2)
  return { path, query: new URLSearchParams(search) }
}

const acceptSockets = (server: Server, routes: readonly SocketRoute[]): void => {
  const doors = routes.map(route => ({
    route,
    door: new WebSocketServer({
      noServer: true,
      perMessageDeflate: false,
      clientTracking: false,
      maxPayload: route.messageBytesMax,
    }),
  }))
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const { path, query } = takeApart(request)
    const found = doors.find(({ route }) => route.path.test(path))
    if (found === undefined) return refuse(socket, { status: 404 })
    const admission = found.route.admit({ request, path, query })
    if ('status' in admission) return refuse(socket, admission)
    found.door.handleUpgrade(request, socket, head, opened => {
      // A broken frame closes the socket by itself; unheard, its error would end the process.
      opened.on('error', () => {})
      admission.open(opened)
    })
  })
}

const refuse = (socket: Duplex, { status, retryAfterSec }: SocketRefusal): void => {
  const retry = retryAfterSec === undefined ? '' : `Retry-After: ${retryAfterSec}\r\n`
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nConnection: close\r\n${retry}Content-Length: 0\r\n\r\n`,
    () => socket.destroy(),
  )
}
