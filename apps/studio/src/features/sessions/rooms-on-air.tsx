import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Link } from 'wouter'
import { QueryError } from '../../shell/query-error.tsx'
import type { MyShop } from '../account/model.ts'
import { Cover } from './cover.tsx'
import { StateBadge } from './state-badge.tsx'

const everyMs = 10_000

/** For moderators, who see the rooms as viewers do: those of the shop that are on air now. */
export function RoomsOnAir({ shop }: { shop: MyShop }) {
  const t = useT()
  const feed = useQueryOf(['feed'], () => api.live.feed({}), { everyMs })
  if (!feed.data) return feed.error ? <QueryError of={feed} /> : <SkeletonList rows={2} />
  // Names of shops are unique.
  const rooms = feed.data.items.filter(({ shopName }) => shopName === shop.name)
  if (rooms.length === 0) return <NothingOn />
  return (
    <ul className="session-rows">
      {rooms.map(room => (
        <li key={room.id}>
          <Link className="session-row" href={`/live/${room.id}`}>
            <Cover of={room} />
            <span className="session-row-text">
              <strong className="k-clamp" style={{ '--lines': 2 }}>
                {room.title}
              </strong>
              <span className="k-muted">{t('sessions.toDesk')}</span>
            </span>
            <span className="session-row-end">
              <StateBadge state={room.state} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** No room is open, and who is here cannot open one. */
export function NothingOn() {
  const t = useT()
  return (
    <Empty icon="live" title={t('sessions.nothingOn')}>
      {t('sessions.nothingOnHint')}
    </Empty>
  )
}
