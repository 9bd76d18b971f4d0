import type { LiveCard } from '@kaibo/contract/show/live'
import { Avatar, BlankCover } from '@kaibo/ui/display/avatar.tsx'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import './feed.css'

type Props = {
  card: LiveCard
  href: string
  /** What a screen reader says of the whole tile. */
  label: string
  /** Over the cover. */
  top: ReactNode
  /** Beside the host's name. */
  aside: ReactNode
  /** Somebody is about to open it. */
  onNear?: () => void
}

/** A show, running or over: its cover, its title and who is on. */
export function ShowTile({ card, href, label, top, aside, onNear }: Props) {
  return (
    <li className="live-tile" data-theme="room">
      <Link href={href} onPointerEnter={onNear} onFocus={onNear} aria-label={label}>
        {card.coverUrl ? (
          <img className="live-tile-cover" src={card.coverUrl} alt="" loading="lazy" />
        ) : (
          <BlankCover name={card.shopName} title={card.title} />
        )}
        <span className="live-tile-top">{top}</span>
        <span className="live-tile-text">
          <strong className="k-clamp" style={{ '--lines': 2 }}>
            {card.title}
          </strong>
          <span className="live-tile-host">
            <Avatar name={card.host.nickname} src={card.host.avatarUrl} size={22} />
            <span>{card.host.nickname}</span>
            {aside}
          </span>
        </span>
      </Link>
    </li>
  )
}
