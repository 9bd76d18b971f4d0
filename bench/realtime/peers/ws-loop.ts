import type { WebSocket } from 'ws'
import type { Peer } from './peer.ts'
import { acceptUpgrades } from './upgrades.ts'

/** The loop that everybody writes first. */
export async function open(): Promise<Peer> {
  const clients = new Set<WebSocket>()
  const port = await acceptUpgrades((_socket, client) => {
    clients.add(client)
    client.on('close', () => clients.delete(client))
  })
  return {
    port,
    publish(item) {
      const text = JSON.stringify(item)
      for (const client of clients) client.send(text)
    },
  }
}
