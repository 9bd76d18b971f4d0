import { topics } from '@kaibo/contract/show/topics'
import { IconButton } from '@kaibo/ui/control/button.tsx'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { LiveBadge } from '@kaibo/ui/display/badge.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import './follow.css'
import { isNews, type LiveNews } from './model.ts'

const shownMs = 10_000

/** Tells on any page that a shop which I follow went live; once per session, however often it is told. */
export function FollowNews() {
  const { user } = useMe()
  const [path] = useLocation()
  const cache = useQueryClient()
  const told = useRef(new Set<string>())
  const [news, setNews] = useState<LiveNews | null>(null)
  useTopic(user ? topics.user(user.id) : null, {
    onOrdered(message) {
      if (message.t !== 'follow.live' || told.current.has(message.liveId)) return
      told.current.add(message.liveId)
      setNews(message)
      void cache.invalidateQueries({ queryKey: ['follow', 'list'] })
    },
  })
  useEffect(() => {
    if (!news) return
    const timer = setTimeout(() => setNews(null), shownMs)
    return () => clearTimeout(timer)
  }, [news])
  if (!news || !isNews(news, path)) return null
  return <NewsBar news={news} onClose={() => setNews(null)} />
}

function NewsBar({ news, onClose }: { news: LiveNews; onClose: () => void }) {
  const t = useT()
  const kitT = useT('ui')
  const { liveId, shopName, title } = news
  return (
    <aside className="follow-news" role="status" data-theme="room">
      <Link href={`/live/${liveId}`} onClick={onClose}>
        <LiveBadge />
        <span className="follow-news-text">
          <strong className="k-clamp">{t('follow.wentLive', { shop: shopName })}</strong>
          <span className="k-clamp">{title}</span>
        </span>
      </Link>
      <IconButton icon="close" label={kitT('action.close')} onClick={onClose} />
    </aside>
  )
}
