import type { ReplayCard } from '@kaibo/contract/media/recording'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { ShowTile } from '../feed/show-tile.tsx'
import { replayPath } from '../replay/model.ts'
import { useWords } from '../replay/words/use-words.ts'
import './replays.css'

/** A show that is over, as the feed shows those that run: its cover, its day and how long it is. */
export function ReplayTile({ replay: { live, durationMs } }: { replay: ReplayCard }) {
  const words = useWords()
  const format = useFormat()
  const length = format.duration(durationMs)
  return (
    <ShowTile
      card={live}
      href={replayPath(live.id)}
      label={words('list.watch', { title: live.title, host: live.host.nickname, length })}
      top={
        <>
          <Badge tone="glass">
            <Icon name="video" />
            {words('title')}
          </Badge>
          <span className="replays-length k-num">{length}</span>
        </>
      }
      aside={
        live.startedAt && (
          <span className="live-tile-shop replays-day k-num">{format.date(live.startedAt)}</span>
        )
      }
    />
  )
}
