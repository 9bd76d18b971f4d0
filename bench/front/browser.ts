import { connect, type IncomingHttpHeaders } from 'node:http2'
import { request } from 'node:https'

export type Answer = {
  readonly status: number
  readonly protocol: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly tookMs: number
}

/** Asks one host by one HTTP/2 connection, as a browser does; the certificate is a test's own. */
export function createBrowser({ port, host }: { port: number; host: string }) {
  const session = connect(`https://127.0.0.1:${port}`, {
    rejectUnauthorized: false,
    servername: host,
  })
  const address = { hostname: '127.0.0.1', port, servername: host, rejectUnauthorized: false }
  return {
    get(path: string, { bytesMax = Number.POSITIVE_INFINITY } = {}): Promise<Answer> {
      const startedAtMs = performance.now()
      const { promise, resolve, reject } = Promise.withResolvers<Answer>()
      const stream = session.request({ ':path': path, ':authority': host })
      let headers: IncomingHttpHeaders = {}
      let text = ''
      const finish = () => {
        const protocol = session.alpnProtocol ?? ''
        const tookMs = performance.now() - startedAtMs
        resolve({ status: Number(headers[':status']), protocol, headers, text, tookMs })
      }
      stream.setEncoding('latin1')
      stream.on('response', received => {
        headers = received
      })
      stream.on('data', (piece: string) => {
        text += piece
        if (text.length < bytesMax) return
        finish()
        stream.close()
      })
      stream.on('end', finish)
      stream.on('error', reject)
      stream.end()
      return promise
    },
    /** The status with which a WebSocket is answered. */
    upgrade(path: string): Promise<number> {
      const { promise, resolve, reject } = Promise.withResolvers<number>()
      const headers = {
        host,
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      }
      const asked = request({ ...address, path, headers })
      asked.on('upgrade', ({ statusCode = 0 }, socket) => {
        socket.destroy()
        resolve(statusCode)
      })
      asked.on('response', ({ statusCode = 0 }) => resolve(statusCode))
      asked.on('error', reject)
      asked.end()
      return promise
    },
    close: () => session.destroy(),
  }
}
