import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Avatar } from '@kaibo/ui/display/avatar.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { Link } from 'wouter'
import { aheadOfRoom } from '../../shell/load-room.ts'
import './follow.css'
import { onAirOf } from './model.ts'

const shownMax = 20

/** Followed shops that are on air, above the feed; nothing for whoever follows nobody. */
export function FollowingStrip() {
  const t = useT()
  const { user } = useMe()
  const list = useQueryOf(['follow', 'list', 'first'], () => api.follow.list({ limit: shownMax }), {
    enabled: Boolean(user),
  })
  if (!user || !list.data || list.data.items.length === 0) return null
  const rooms = onAirOf(list.data.items).slice(0, shownMax)
  return (
    <nav className="follow-strip" aria-label={t('follow.title')}>
      {rooms.map(({ shop, live }) => (
        <Link
          key={shop.id}
          href={`/live/${live.id}`}
          onPointerEnter={aheadOfRoom}
          aria-label={t('feed.enter', { title: live.title, host: shop.name })}
        >
          <Avatar name={shop.name} src={shop.logoUrl} size={52} live />
          <span className="k-clamp">{shop.name}</span>
        </Link>
      ))}
      <Link href="/me/following" className="follow-strip-all">
        <span className="follow-strip-mark">
          <Icon name="user" />
        </span>
        <span className="k-clamp">{t('follow.title')}</span>
      </Link>
    </nav>
  )
}
