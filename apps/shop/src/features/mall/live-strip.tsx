import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { BlankCover } from '@kaibo/ui/display/avatar.tsx'
import { LiveBadge, ViewerCount } from '@kaibo/ui/display/badge.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Link } from 'wouter'
import { aheadOfRoom } from '../../shell/load-room.ts'

const refreshMs = 15_000
const roomsMax = 12

export const useRooms = () =>
  useQueryOf(['feed', 'all'], () => api.live.feed({}), { everyMs: refreshMs })

/** Who is live now; not there when nobody is. */
export function LiveStrip() {
  const t = useT()
  const rooms = useRooms().data?.items.slice(0, roomsMax) ?? []
  if (rooms.length === 0) return null
  return (
    <section className="mall-section">
      <header className="mall-head">
        <h2>{t('feed.title')}</h2>
        <Link href="/">
          {t('mall.allLive')} <Icon name="chevron" />
        </Link>
      </header>
      <ul className="mall-strip">
        {rooms.map(room => (
          <li key={room.id} className="mall-room" data-theme="room">
            <Link
              href={`/live/${room.id}`}
              onPointerEnter={aheadOfRoom}
              onFocus={aheadOfRoom}
              aria-label={t('feed.enter', { title: room.title, host: room.host.nickname })}
            >
              {room.coverUrl ? (
                <img src={room.coverUrl} alt="" decoding="async" />
              ) : (
                <BlankCover name={room.shopName} title={room.title} />
              )}
              <span className="mall-room-top">
                <LiveBadge />
                <ViewerCount count={room.onlineCount} />
              </span>
              <strong className="k-clamp">{room.title}</strong>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
