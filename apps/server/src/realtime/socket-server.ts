import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Socket } from '@kaibo/realtime/connection'
import type { Gateway, Session } from '@kaibo/realtime/gateway'
import { commandBytesMax } from '@kaibo/realtime/protocol'
import { webSocketWire } from '@kaibo/realtime/wire'
import { type RawData, WebSocket, WebSocketServer } from 'ws'

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
    WebSocket: GuestSocket,
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
    sockets.handleUpgrade(request, socket, head, guest => {
      guest.raw = socket
      const session = gateway.handleOpened(guest, { identity: admission.identity, address })
      listen(guest, { socket, session })
    })
  })
}

/**
 * A socket as the hub sees it, with its session. Ten thousand of them wait in one process, so they
 * share their listeners: closures of each its own would be a tenth of what an idle viewer costs.
 */
class GuestSocket extends WebSocket implements Socket {
  readonly wire = webSocketWire
  raw: Duplex | undefined
  session: Session | undefined

  get writableLength(): number {
    return this.raw?.writableLength ?? 0
  }

  write(bytes: Buffer): void {
    this.raw?.write(bytes)
  }

  override close(code?: number, reason?: string): void {
    super.close(code, reason)
    setTimeout(() => this.raw?.destroy(), closeMsMax).unref()
  }
}

const sessionOf = (socket: WebSocket): Session | undefined =>
  socket instanceof GuestSocket ? socket.session : undefined

function handleMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  sessionOf(this)?.handleMessage(isBinary ? undefined : String(data))
}

/** `ws` answers pings by itself; a flood of them ends like any other. */
function handleBeat(this: WebSocket): void {
  sessionOf(this)?.handleBeat()
}

function handleError(this: WebSocket): void {
  this.terminate()
}

function handleClose(this: WebSocket): void {
  sessionOf(this)?.handleClose()
}

function listen(
  guest: GuestSocket,
  { socket, session }: { socket: Duplex; session: Session },
): void {
  guest.session = session
  guest.on('message', handleMessage)
  guest.on('ping', handleBeat)
  guest.on('pong', handleBeat)
  guest.on('error', handleError)
  guest.on('close', handleClose)
  socket.on('drain', () => session.handleDrain())
}

function refuse(socket: Duplex, status: number, retryAfterSec?: number): void {
  const retry = retryAfterSec === undefined ? '' : `Retry-After: ${retryAfterSec}\r\n`
  socket.end(
    `HTTP/1.1 ${status} ${statusTexts[status] ?? ''}\r\n${retry}Connection: close\r\nContent-Length: 0\r\n\r\n`,
  )
}
