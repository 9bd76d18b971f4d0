import { once } from 'node:events'
import { connect, createServer, type Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const OPEN_MAX_MS = 20_000

/** Lets a server listen on a free loopback port and tells which. */
export const portOf = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** A port that was free a moment ago, for programs that must be told one. */
export const freePort = async (): Promise<number> => {
  const server = createServer()
  const port = await portOf(server)
  server.close()
  await once(server, 'close')
  return port
}

/** Until somebody listens there. Rejects when nobody does in twenty seconds. */
export const openedPort = async (port: number): Promise<void> => {
  for (const untilMs = Date.now() + OPEN_MAX_MS; Date.now() < untilMs; await sleep(100)) {
    const socket = connect(port, '127.0.0.1')
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (isOpen) return
  }
  throw new Error(`nobody listens on port ${port}`)
}
