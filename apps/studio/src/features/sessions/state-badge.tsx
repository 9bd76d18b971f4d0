import type { LiveState } from '@kaibo/contract/show/live'
import { Badge, type BadgeTone, LiveBadge } from '@kaibo/ui/display/badge.tsx'
import { useT } from '@kaibo/ui/i18n.ts'

const tones = { ready: 'info', away: 'warning', ended: 'plain' } as const satisfies Record<
  Exclude<LiveState, 'live'>,
  BadgeTone
>

/** The state of a session in a word. */
export function StateBadge({ state }: { state: LiveState }) {
  const t = useT()
  const words = t(`state.${state}`)
  return state === 'live' ? (
    <LiveBadge>{words}</LiveBadge>
  ) : (
    <Badge tone={tones[state]}>{words}</Badge>
  )
}
