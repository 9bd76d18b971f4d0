import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { Peer } from './peer.ts'

/** Not a dependency of ours: it lies in the folder of the bench. */
const packageName = 'socket.io'

type SocketIo = {
  Server: new (
    server: Server,
    options: { transports: string[]; perMessageDeflate: false },
  ) => { emit(event: string, item: object): void }
}

/** Socket.IO as its documentation sets it up, with WebSocket alone. */
export async function open(): Promise<Peer> {
  const require = createRequire(`${process.env.KAIBO_BENCH_MODULES}/`)
  const { Server }: SocketIo = require(packageName)
  const server = createServer()
  const io = new Server(server, { transports: ['websocket'], perMessageDeflate: false })
  server.listen(0, '127.0.0.1', 4_096)
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    publish: item => io.emit('m', item),
  }
}
