import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'

export type VendorRequest = {
  method: string
  url: URL
  headers: IncomingMessage['headers']
  body: string
}
export type VendorReply = { status?: number; body: unknown }

export type VendorServer = { origin: string; close(): void }

/** A vendor's interface on a port of its own: JSON, or bytes as they are. */
export async function serveVendor(
  reply: (request: VendorRequest) => VendorReply | Promise<VendorReply>,
): Promise<VendorServer> {
  const server = createServer(async (message, response) => {
    const body = Buffer.concat(await message.toArray()).toString()
    const { method = '', url = '', headers } = message
    const request = { method, headers, body, url: new URL(url, `http://${headers.host}`) }
    const { status = 200, body: said } = await reply(request)
    const isBytes = said instanceof Uint8Array
    response.writeHead(status, {
      'content-type': isBytes ? 'application/octet-stream' : 'application/json',
    })
    response.end(isBytes ? said : JSON.stringify(said))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('the simulator has no port')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
