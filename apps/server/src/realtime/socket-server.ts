import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Socket } from '@kaibo/realtime/connection'
import type { Gateway } from '@kaibo/realtime/gateway'
import { commandBytesMax } from '@kaibo/realtime/protocol'
import { webSocketWire } from '@kaibo/realtime/wire'
import { type WebSocket, WebSocketServer } from 'ws'

export type SocketServerNeeds = {
  gateway: Gateway
  /** Network address of the caller, as the trusted proxy chain gives it. */
  addressOf(request: IncomingMessage): string
  /** Whether the page that asks is one of ours; apps send no `Origin`. */
  isOurPage(request: IncomingMessage): boolean
}

export const socketPath = '/realtime'
/** A client that does not answer the close handshake is cut after this long. */
export const closeMsMax = 2_000

const statusTexts: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
}

/**
 * Takes WebSocket upgrades at {@link socketPath}. `ws` does the handshake, parses what arrives and
 * answers control frames; what the hub sends is framed already and goes straight to the raw socket.
 */
export function acceptSockets(
  server: Server,
  { gateway, addressOf, isOurPage }: SocketServerNeeds,
): void {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: commandBytesMax,
    clientTracking: false,
    handleProtocols: protocols => protocols.values().next().value ?? false,
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    if (request.url?.split('?')[0] !== socketPath) return refuse(socket, 404)
    if (!isOurPage(request)) return refuse(socket, 403)
    const protocols = (request.headers['sec-websocket-protocol'] ?? '')
      .split(',')
      .map(part => part.trim())
    const address = addressOf(request)
    const admission = gateway.admit({
      address,
      origin: request.headers.origin,
      protocols,
    })
    if (!admission.admitted) return refuse(socket, admission.status, admission.retryAfterSec)
    // The ticket is spent: only the protocol itself is agreed on.
    request.headers['sec-websocket-protocol'] = admission.protocol
    sockets.handleUpgrade(request, socket, head, webSocket => {
      attach({ webSocket, socket }, pair =>
        gateway.handleOpened(portOf(pair), { identity: admission.identity, address }),
      )
    })
  })
}

type Pair = { webSocket: WebSocket; socket: Duplex }

/** The raw socket as the hub sees it. */
const portOf = (pair: Pair): Socket => ({
  wire: webSocketWire,
  write: bytes => void pair.socket.write(bytes),
  get writableLength() {
    return pair.socket.writableLength
  },
  close: (code, reason) => closeSocket(pair, code, reason),
})

function attach(pair: Pair, open: (pair: Pair) => ReturnType<Gateway['handleOpened']>): void {
  const { webSocket, socket } = pair
  const session = open(pair)
  webSocket.on('message', (data, isBinary) =>
    session.handleMessage(isBinary ? undefined : String(data)),
  )
  // `ws` answers pings by itself; a flood of them ends like any other.
  webSocket.on('ping', () => session.handleBeat())
  webSocket.on('pong', () => session.handleBeat())
  webSocket.on('error', () => webSocket.terminate())
  webSocket.on('close', () => session.handleClose())
  socket.on('drain', () => session.handleDrain())
}

function closeSocket({ webSocket, socket }: Pair, code: number, reason: string): void {
  webSocket.close(code, reason)
  setTimeout(() => socket.destroy(), closeMsMax).unref()
}

function refuse(socket: Duplex, status: number, retryAfterSec?: number): void {
  const retry = retryAfterSec === undefined ? '' : `Retry-After: ${retryAfterSec}\r\n`
  socket.end(
    `HTTP/1.1 ${status} ${statusTexts[status] ?? ''}\r\n${retry}Connection: close\r\nContent-Length: 0\r\n\r\n`,
  )
}
