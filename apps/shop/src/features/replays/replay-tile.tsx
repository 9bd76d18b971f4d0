import type { ReplayCard } from '@kaibo/contract/media/recording'
import { Avatar, BlankCover } from '@kaibo/ui/display/avatar.tsx'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { Link } from 'wouter'
import '../feed/feed.css'
import { replayPath } from '../replay/model.ts'
import { useWords } from '../replay/words/use-words.ts'
import './replays.css'

/** A show that is over, as the feed shows those that run: its cover, its day and how long it is. */
export function ReplayTile({ replay: { live, durationMs } }: { replay: ReplayCard }) {
  const words = useWords()
  const format = useFormat()
  const length = format.duration(durationMs)
  return (
    <li className="live-tile replays-tile" data-theme="room">
      <Link
        href={replayPath(live.id)}
        aria-label={words('list.watch', { title: live.title, host: live.host.nickname, length })}
      >
        {live.coverUrl ? (
          <img className="live-tile-cover" src={live.coverUrl} alt="" loading="lazy" />
        ) : (
          <BlankCover name={live.shopName} title={live.title} />
        )}
        <span className="live-tile-top">
          <Badge tone="glass">
            <Icon name="video" />
            {words('title')}
          </Badge>
          <span className="replays-length k-num">{length}</span>
        </span>
        <span className="live-tile-text">
          <strong className="k-clamp" style={{ '--lines': 2 }}>
            {live.title}
          </strong>
          <span className="live-tile-host">
            <Avatar name={live.host.nickname} src={live.host.avatarUrl} size={22} />
            <span>{live.host.nickname}</span>
            {live.startedAt && (
              <span className="live-tile-shop k-num">{format.date(live.startedAt)}</span>
            )}
          </span>
        </span>
      </Link>
    </li>
  )
}
