import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

type Accept = (socket: Socket, client: WebSocket, request: IncomingMessage) => void

/** A WebSocket server of `ws` on a free port, as everybody sets it up. */
export async function acceptUpgrades(accept: Accept): Promise<number> {
  const server = createServer()
  const handshaker = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: 4_096,
    clientTracking: false,
    handleProtocols: () => 'kaibo.v1',
  })
  server.on('upgrade', (request, raw, head) => {
    handshaker.handleUpgrade(request, raw, head, client => accept(request.socket, client, request))
  })
  server.listen(0, '127.0.0.1', 4_096)
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}
