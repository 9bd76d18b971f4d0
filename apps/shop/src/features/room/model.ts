import type { LiveRoom, Play } from '@kaibo/contract/show/live'

/** What the room shows besides its picture. */
export type Scene = 'waiting' | 'live' | 'away' | 'ended' | 'out'

/** Who was put out of the room sees nothing of it but that. */
export function sceneOf(room: Pick<LiveRoom, 'state'>, { isOut }: { isOut: boolean }): Scene {
  if (room.state === 'ended') return 'ended'
  if (isOut) return 'out'
  return room.state === 'ready' ? 'waiting' : room.state
}

type PlayFacts = { running: Play | null; fresh: Play | null; isLost: boolean }

/**
 * The addresses to play from. Every answer of the server carries a new ticket, and another address
 * restarts the picture: as long as the stream runs, those that it began with stay.
 */
export function steadyPlay({ running, fresh, isLost }: PlayFacts): Play | null {
  if (!running || !fresh || isLost) return fresh
  const [runningUrls, freshUrls] = [running, fresh].map(({ endpoints }) =>
    endpoints.map(({ url }) => withoutTicket(url)).join(),
  )
  return runningUrls === freshUrls ? running : fresh
}

const withoutTicket = (url: string): string | undefined => url.split('?')[0]
