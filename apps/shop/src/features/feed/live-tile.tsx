import type { LiveCard } from '@kaibo/contract/show/live'
import { Badge, LiveBadge, ViewerCount } from '@kaibo/ui/display/badge.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { aheadOfRoom } from '../../shell/load-room.ts'
import { ShowTile } from './show-tile.tsx'

/** A room in the feed: its cover, who is on, and how many really watch. */
export function LiveTile({ card }: { card: LiveCard }) {
  const t = useT()
  return (
    <ShowTile
      card={card}
      href={`/live/${card.id}`}
      label={t('feed.enter', { title: card.title, host: card.host.nickname })}
      onNear={aheadOfRoom}
      top={
        <>
          {card.state === 'away' ? <Badge tone="glass">{t('feed.away')}</Badge> : <LiveBadge />}
          <ViewerCount count={card.onlineCount} />
        </>
      }
      aside={<span className="live-tile-shop">{card.shopName}</span>}
    />
  )
}
