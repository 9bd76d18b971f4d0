import type { Play } from '@kaibo/contract/show/live'
import { useState } from 'react'
import type { PlayerSources } from './sources.ts'

const nothing: PlayerSources = []

/**
 * The addresses to play from. Every answer of the server carries a new ticket, and another address
 * restarts the picture: as long as the stream runs, those that it began with stay.
 */
export function useSteadyPlay(fresh: Play | null, { isLost }: { isLost: boolean }): PlayerSources {
  const [running, setRunning] = useState(fresh)
  const next = steadyPlay({ running, fresh, isLost })
  if (next !== running) setRunning(next)
  return next?.endpoints ?? nothing
}

type PlayFacts = { running: Play | null; fresh: Play | null; isLost: boolean }

export function steadyPlay({ running, fresh, isLost }: PlayFacts): Play | null {
  if (!running || !fresh || isLost) return fresh
  return addressesOf(running) === addressesOf(fresh) ? running : fresh
}

const addressesOf = ({ endpoints }: Play): string =>
  endpoints.map(({ url }) => url.split('?')[0]).join()
