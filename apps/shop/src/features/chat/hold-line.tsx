import { useT } from '@kaibo/ui/i18n.ts'
import { Countdown } from '@kaibo/ui/live/countdown.tsx'
import { FollowButton } from '../follow/follow-button.tsx'
import type { Hold } from './model.ts'

type HoldLineProps = {
  id: string
  hold: NonNullable<Hold>
  shop: { id: string; name: string }
  offsetMs: number
  /** The time is over. */
  onEnd: () => void
}

/** Why I cannot write now, for how long, and what I can do about it. */
export function HoldLine({ id, hold, shop, offsetMs, onEnd }: HoldLineProps) {
  const t = useT()
  const endsAtMs = hold.why === 'followers' ? null : hold.untilMs
  return (
    <p id={id} className="composer-hold" role="status">
      <span>{t(`chat.hold.${hold.why}`)}</span>
      {endsAtMs !== null && (
        <Countdown look="text" endsAtMs={endsAtMs} offsetMs={offsetMs} onEnd={onEnd} />
      )}
      {hold.why === 'followers' && <FollowButton shopId={shop.id} shopName={shop.name} />}
    </p>
  )
}
