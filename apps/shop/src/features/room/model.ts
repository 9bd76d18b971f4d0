import type { LiveRoom } from '@kaibo/contract/show/live'

/** What the room shows besides its picture. */
export type Scene = 'waiting' | 'live' | 'away' | 'ended' | 'out'

/** Who was put out of the room sees nothing of it but that. */
export function sceneOf(room: Pick<LiveRoom, 'state'>, { isOut }: { isOut: boolean }): Scene {
  if (room.state === 'ended') return 'ended'
  if (isOut) return 'out'
  return room.state === 'ready' ? 'waiting' : room.state
}
