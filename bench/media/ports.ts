import { once } from 'node:events'
import { createServer, type Server } from 'node:net'

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
