import { IconButton } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { LikeButton } from '@kaibo/ui/live/hearts.tsx'
import type { ReactNode } from 'react'
import { ShareButton } from '../share/share-button.tsx'

type RoomBarProps = {
  liveId: string
  /** The field to write in. */
  children: ReactNode
  bagCount: number
  onBag: () => void
  /** Kinds of coupons to claim; none, and there is no button. */
  couponCount: number
  onCoupons: () => void
  likeCount: number
  onLike: () => void
}

/** Write, open the bag, claim coupons, like. */
export function RoomBar(props: RoomBarProps) {
  const { liveId, children, bagCount, onBag, couponCount, onCoupons, likeCount, onLike } = props
  const t = useT()
  return (
    <footer className="room-bar">
      {children}
      <IconButton
        icon="bag"
        tone="glass"
        label={t('bag.open', { count: bagCount })}
        badge={bagCount || undefined}
        onClick={onBag}
      />
      {couponCount > 0 && (
        <IconButton
          icon="gift"
          tone="glass"
          label={t('coupon.open', { count: couponCount })}
          onClick={onCoupons}
        />
      )}
      <ShareButton liveId={liveId} />
      <LikeButton count={likeCount} onLike={onLike} />
    </footer>
  )
}
