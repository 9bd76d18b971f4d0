import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { fail } from '@kaibo/contract/core/fail'
import type { Clock } from '@kaibo/kernel/clock'
import { secondMs } from '@kaibo/kernel/clock'
import type { Gateway, Session } from '@kaibo/realtime/gateway'
import type { Hub } from '@kaibo/realtime/hub'
import { commandBytesMax, subprotocol, ticketPrefix } from '@kaibo/realtime/protocol'
import { createRateLimiter } from '@kaibo/realtime/token-bucket'
import { eventStreamWire } from '@kaibo/realtime/wire'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { closeMsMax, type SocketServerNeeds, socketPath } from './socket-server.ts'

export type EventStreamNeeds = SocketServerNeeds & { nodes: Hub['nodes']; clock: Clock }

const streamPath = `${socketPath}/events`
const commandsPerPostMax = 16
/** Commands of one address for streams that this process does not hold. */
const strangers = { ratePerSec: 100, burst: 200, keysMax: 50_000 }

/**
 * The way around networks that break WebSocket: what the socket would say comes as server-sent events
 * (`GET`, the ticket in the header `kaibo-ticket`), commands go by `POST`, one per line, under the
 * stream's id, which its first event names and nobody else knows. A command that reaches another
 * process is passed on over the bus.
 */
export async function acceptEventStreams(
  app: FastifyInstance,
  needs: EventStreamNeeds,
): Promise<void> {
  const streams = new Map<string, Session>()
  const limiter = createRateLimiter({ ...strangers, clock: needs.clock })
  needs.nodes.listen(message => {
    if (message.kind === 'command') streams.get(message.streamId)?.handleMessage(message.text)
  })
  const passOn = (request: FastifyRequest, streamId: string, texts: readonly string[]) => {
    if (!needs.nodes.isShared || streamId === '') throw fail('request.not_found')
    const address = needs.addressOf(request.raw)
    if (limiter.take(address, texts.length) < texts.length) {
      const retryAfterSec = Math.ceil(limiter.waitMs(address) / secondMs)
      throw fail('request.too_many', { retryAfterSec })
    }
    for (const text of texts) needs.nodes.tell({ kind: 'command', streamId, text })
  }
  await app.register(async scope => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      'application/x-ndjson',
      { parseAs: 'string', bodyLimit: commandsPerPostMax * commandBytesMax },
      (_request, body, done) => done(null, body),
    )
    scope.get(streamPath, { exposeHeadRoute: false }, (request, reply) => {
      openStream(request, reply, { ...needs, streams })
    })
    scope.post(streamPath, async (request, reply) => {
      if (!needs.isOurPage(request.raw)) throw fail('request.forged')
      const texts = String(request.body ?? '')
        .split('\n', commandsPerPostMax)
        .filter(text => text !== '')
      const streamId = String(request.headers['kaibo-stream'] ?? '')
      const session = streams.get(streamId)
      if (session === undefined) passOn(request, streamId, texts)
      for (const text of texts) session?.handleMessage(text)
      return reply.code(204).send()
    })
  })
}

type Opening = SocketServerNeeds & { streams: Map<string, Session> }

function openStream(request: FastifyRequest, reply: FastifyReply, needs: Opening): void {
  if (!needs.isOurPage(request.raw)) throw fail('request.forged')
  const address = needs.addressOf(request.raw)
  const ticket = String(request.headers['kaibo-ticket'] ?? '')
  const admission = needs.gateway.admit({
    address,
    origin: request.headers.origin,
    protocols: [subprotocol, ticketPrefix + ticket],
  })
  if (!admission.admitted) throw refusal(admission)
  for (const [name, value] of Object.entries(streamHeaders)) reply.header(name, value)
  reply.hijack()
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value)
  }
  const streamId = randomBytes(18).toString('base64url')
  const session = attach(reply.raw, socket =>
    needs.gateway.handleOpened(socket, { identity: admission.identity, address }),
  )
  needs.streams.set(streamId, session)
  request.raw.socket.on('close', () => needs.streams.delete(streamId))
  session.control(['@', 'stream', streamId])
}

const streamHeaders = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store, no-transform',
  // Proxies that collect answers before they pass them on would keep the room silent.
  'x-accel-buffering': 'no',
}

type Open = (socket: Parameters<Gateway['handleOpened']>[0]) => Session

/** Sends the head and hands the raw socket over: the body ends with the connection, without chunks. */
function attach(response: ServerResponse<IncomingMessage>, open: Open): Session {
  const { socket } = response
  if (socket === null) throw fail('request.not_found')
  response.useChunkedEncodingByDefault = false
  response.shouldKeepAlive = false
  response.flushHeaders()
  const session = open({
    wire: eventStreamWire,
    write: bytes => void socket.write(bytes),
    get writableLength() {
      return socket.writableLength
    },
    close(code, reason) {
      socket.end(`event: close\ndata: ${code} ${reason}\n\n`)
      setTimeout(() => socket.destroy(), closeMsMax).unref()
    },
  })
  socket.on('drain', () => session.handleDrain())
  socket.on('close', () => session.handleClose())
  socket.on('error', () => socket.destroy())
  return session
}

type Refusal = Extract<ReturnType<Gateway['admit']>, { admitted: false }>

const refusal = ({ status, retryAfterSec = 1 }: Refusal) => {
  if (status === 401) return fail('auth.required')
  if (status === 403) return fail('request.forged')
  return fail(status === 429 ? 'request.too_many' : 'server.busy', { retryAfterSec })
}
