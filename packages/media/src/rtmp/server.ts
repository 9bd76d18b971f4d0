import { createServer, type Server } from 'node:net'
import { RtmpSession, type SessionLimits, type SessionNeeds } from './session.ts'

export type RtmpLimits = SessionLimits & {
  readonly connectionsMax: number
  readonly connectionsPerIpMax: number
}

export const RTMP_LIMITS: RtmpLimits = {
  handshakeMs: 10_000,
  idleMs: 8_000,
  gateMs: 700,
  messageBytesMax: 8 * 1024 * 1024,
  connectionsMax: 500,
  connectionsPerIpMax: 16,
}

const SWEEP_EVERY_MS = 500

export type RtmpServer = {
  /** Resolves with the port in use (useful when 0 was asked for); rejects when it is taken. */
  listen(port: number, host: string): Promise<number>
  /** Cuts every connection and stops listening. */
  close(): Promise<void>
}

/** An RTMP ingest server: publishers only, and only those whom `needs.authorize` lets in. */
export const createRtmpServer = (
  needs: SessionNeeds,
  limits: RtmpLimits = RTMP_LIMITS,
): RtmpServer => {
  const sessions = new Set<RtmpSession>()
  const countOf = (ip: string) => [...sessions].filter(session => session.ip === ip).length

  const server = createServer(socket => {
    const ip = plainIp(socket.remoteAddress ?? '')
    if (sessions.size >= limits.connectionsMax || countOf(ip) >= limits.connectionsPerIpMax) {
      socket.destroy()
      needs.onRefused({ ip, reason: 'too_many_connections' })
      return
    }
    const session = new RtmpSession(socket, ip, { needs, limits })
    sessions.add(session)
    socket.on('close', () => sessions.delete(session))
  })

  let sweeper: NodeJS.Timeout | undefined
  const sweep = () => {
    const nowMs = performance.now()
    for (const session of sessions) session.sweep(nowMs)
  }

  return {
    async listen(port, host) {
      const boundPort = await listenOn(server, { port, host })
      sweeper = setInterval(sweep, SWEEP_EVERY_MS)
      return boundPort
    },
    async close() {
      clearInterval(sweeper)
      const closed = Promise.withResolvers<void>()
      server.close(() => closed.resolve())
      for (const session of sessions) session.cut('shutdown')
      await closed.promise
    },
  }
}

const listenOn = (server: Server, at: { port: number; host: string }): Promise<number> => {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  server.once('error', reject)
  server.listen(at, () => {
    server.off('error', reject)
    const address = server.address()
    resolve(typeof address === 'object' && address !== null ? address.port : at.port)
  })
  return promise
}

/** `::ffff:1.2.3.4` and `1.2.3.4` are the same peer to a limit. */
const plainIp = (address: string): string => address.replace(/^::ffff:/, '')
