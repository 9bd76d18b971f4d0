import type { Broadcast, BroadcastView } from '../broadcast.ts'
import type { Numbers } from '../use-numbers.ts'
import { NetBadge } from './net-badge.tsx'
import { StatusLine } from './status-line.tsx'
import type { CastScreen } from './use-cast-screen.ts'

type SignalProps = {
  broadcast: Broadcast
  view: BroadcastView
  screen: CastScreen
  numbers: Numbers
}

/** How the show leaves this device. */
export function Signal({ broadcast, view, screen, numbers }: SignalProps) {
  return (
    <>
      {/* The slate is a still picture: its numbers say nothing about the network. */}
      {view.cast.at !== 'setup' && view.cast.at !== 'away' && (
        <NetBadge numbers={numbers} onPress={() => screen.setOpen('numbers')} />
      )}
      <StatusLine cast={view.cast} onRetry={broadcast.retryNow} />
    </>
  )
}
