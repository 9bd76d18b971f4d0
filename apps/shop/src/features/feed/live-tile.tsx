import type { LiveCard } from '@kaibo/contract/show/live'
import { Avatar, BlankCover } from '@kaibo/ui/display/avatar.tsx'
import { Badge, LiveBadge, ViewerCount } from '@kaibo/ui/display/badge.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Link } from 'wouter'
import { aheadOfRoom } from '../../shell/load-room.ts'

/** A room in the feed: its cover, who is on, and how many really watch. */
export function LiveTile({ card }: { card: LiveCard }) {
  const t = useT()
  return (
    <li className="live-tile" data-theme="room">
      <Link
        href={`/live/${card.id}`}
        onPointerEnter={aheadOfRoom}
        onFocus={aheadOfRoom}
        aria-label={t('feed.enter', { title: card.title, host: card.host.nickname })}
      >
        {card.coverUrl ? (
          <img
            className="live-tile-cover"
            src={card.coverUrl}
            alt=""
            loading="lazy"
            decoding="async"
          />
        ) : (
          <BlankCover name={card.shopName} title={card.title} />
        )}
        <span className="live-tile-top">
          {card.state === 'away' ? <Badge tone="glass">{t('feed.away')}</Badge> : <LiveBadge />}
          <ViewerCount count={card.onlineCount} />
        </span>
        <span className="live-tile-text">
          <strong className="k-clamp" style={{ '--lines': 2 }}>
            {card.title}
          </strong>
          <span className="live-tile-host">
            <Avatar name={card.host.nickname} src={card.host.avatarUrl} size={22} />
            <span>{card.host.nickname}</span>
            <span className="live-tile-shop">{card.shopName}</span>
          </span>
        </span>
      </Link>
    </li>
  )
}
