import type { Peer } from './peer.ts'

type BunSocket = { subscribe(topic: string): void }

declare const Bun: {
  serve(options: {
    port: number
    hostname: string
    fetch(request: Request, server: { upgrade(request: Request): boolean }): Response | undefined
    websocket: { open(socket: BunSocket): void; message(): void }
  }): { port: number; publish(topic: string, text: string): void }
}

/** Bun's own publish to subscribers (uWebSockets underneath). */
export async function open(): Promise<Peer> {
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: (request, server) =>
      server.upgrade(request) ? undefined : new Response(null, { status: 400 }),
    websocket: { open: socket => socket.subscribe('live'), message() {} },
  })
  return {
    port: server.port,
    publish: item => void server.publish('live', JSON.stringify(item)),
  }
}
