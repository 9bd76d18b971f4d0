import type { Socket } from 'node:net'
import { webSocketWire } from '@kaibo/realtime/wire'
import type { Peer } from './peer.ts'
import { acceptUpgrades } from './upgrades.ts'

/** The bare path of the gateway: one frame, written to every socket, and nothing else. */
export async function open(): Promise<Peer> {
  const sockets = new Set<Socket>()
  const port = await acceptUpgrades((socket, client) => {
    sockets.add(socket)
    client.on('close', () => sockets.delete(socket))
  })
  return {
    port,
    publish(item) {
      const frame = webSocketWire.text(JSON.stringify(item))
      for (const socket of sockets) socket.write(frame)
    },
  }
}
