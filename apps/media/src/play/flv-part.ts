import type { FlvOutput } from '@kaibo/media/hub/flv-viewer'
import type { Hub } from '@kaibo/media/hub/hub'
import { WebSocket } from 'ws'
import { type Exchange, openStream, reply } from '../http-reply.ts'
import type { MediaPart, SocketExchange, SocketRoute } from '../part.ts'
import { type PlayGate, refuseViewer, retryAfterSec } from './gate.ts'

const PATH = /^\/live\/([A-Za-z0-9_-]{1,64})\.flv$/
/** Viewers have nothing to say. */
const MESSAGE_BYTES_MAX = 1_024
const PING_EVERY_MS = 15_000

/** FLV over HTTP, and the same bytes over a WebSocket where long answers are held back on the way. */
export const createFlvPart = ({ hub, gate }: { hub: Hub; gate: PlayGate }): MediaPart => {
  const handle = async (exchange: Exchange): Promise<void> => {
    const { request, response, path } = exchange
    const streamId = PATH.exec(path)?.[1] ?? ''
    const admission = gate.admits(streamId, exchange)
    if (admission !== 'ok') return refuseViewer(response, admission)
    const stream = hub.find(streamId)
    if (stream === undefined) return reply(response, { status: 404 })
    request.socket.setNoDelay(true)
    openStream(response, 'video/x-flv')
    if (request.method === 'HEAD') response.end()
    else response.on('close', stream.flv.join(response))
  }

  const admit = (exchange: SocketExchange): ReturnType<SocketRoute['admit']> => {
    const streamId = PATH.exec(exchange.path)?.[1] ?? ''
    const admission = gate.admits(streamId, exchange)
    if (admission === 'forbidden') return { status: 403 }
    if (admission === 'full') return { status: 503, retryAfterSec: retryAfterSec() }
    const stream = hub.find(streamId)
    if (stream === undefined) return { status: 404 }
    return { open: socket => watchOver(socket, stream.flv.join(outputOf(socket))) }
  }

  return {
    routes: [{ path: PATH, methods: ['GET', 'HEAD'], handle }],
    sockets: [{ path: PATH, messageBytesMax: MESSAGE_BYTES_MAX, admit }],
    viewerCount: (streamId, kind) =>
      kind === 'flv' ? (hub.find(streamId)?.flv.viewerCount ?? 0) : 0,
  }
}

const outputOf = (socket: WebSocket): FlvOutput => ({
  write: bytes => {
    if (socket.readyState === WebSocket.OPEN) socket.send(bytes)
  },
  end: () => socket.close(1000),
  destroy: () => socket.terminate(),
  get writableLength() {
    return socket.bufferedAmount
  },
})

/** Leaves with its socket. A viewer that vanished without a word is found out by its silence. */
const watchOver = (socket: WebSocket, leave: () => void): void => {
  let isAlive = true
  const timer = setInterval(() => {
    if (!isAlive) return socket.terminate()
    isAlive = false
    socket.ping()
  }, PING_EVERY_MS)
  socket.on('pong', () => {
    isAlive = true
  })
  socket.on('close', () => {
    clearInterval(timer)
    leave()
  })
}
