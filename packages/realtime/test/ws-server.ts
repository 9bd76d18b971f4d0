import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Gateway } from '../src/gateway.ts'
import { subprotocol } from '../src/protocol.ts'
import { webSocketWire } from '../src/wire.ts'

/** The gateway behind real sockets: what the application's adapter does, without its HTTP side. */
export async function listen(gateway: Gateway) {
  const server = createServer()
  const handshaker = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: 4_096,
    handleProtocols: () => subprotocol,
  })
  server.on('upgrade', (request: IncomingMessage, raw: Duplex, head: Buffer) => {
    const address = request.socket.remoteAddress ?? ''
    const admission = gateway.admit({
      address,
      origin: request.headers.origin,
      protocols: (request.headers['sec-websocket-protocol'] ?? '').split(/\s*,\s*/),
    })
    if (!admission.admitted) {
      const retry = admission.retryAfterSec ? `Retry-After: ${admission.retryAfterSec}\r\n` : ''
      raw.end(`HTTP/1.1 ${admission.status} Refused\r\nConnection: close\r\n${retry}\r\n`)
      return
    }
    handshaker.handleUpgrade(request, raw, head, client => {
      request.socket.setNoDelay(true)
      const session = gateway.handleOpened(
        {
          wire: webSocketWire,
          get writableLength() {
            return request.socket.writableLength
          },
          write: bytes => void request.socket.write(bytes),
          close(code, reason) {
            client.close(code, reason)
            setTimeout(() => client.terminate(), 2_000).unref()
          },
        },
        { identity: admission.identity, address },
      )
      client.on('message', (bytes, isBinary) =>
        session.handleMessage(isBinary ? undefined : String(bytes)),
      )
      client.on('ping', () => session.handleBeat())
      client.on('pong', () => session.handleBeat())
      client.on('close', () => session.handleClose())
      client.on('error', () => client.terminate())
      request.socket.on('drain', () => session.handleDrain())
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `ws://127.0.0.1:${port}`,
    close() {
      gateway.close()
      server.close()
      server.closeAllConnections()
    },
  }
}
