import type { FollowedShop } from '@kaibo/contract/people/follow'
import { topics } from '@kaibo/contract/show/topics'
import { api } from '@kaibo/ui/data/api.tsx'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { Avatar } from '@kaibo/ui/display/avatar.tsx'
import { LiveBadge } from '@kaibo/ui/display/badge.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from 'wouter'
import { goBack } from '../../shell/go-back.ts'
import { aheadOfRoom } from '../../shell/load-room.ts'
import { MorePages, usePages } from '../../shell/pages.tsx'
import { Trouble } from '../../shell/trouble.tsx'
import { usePageTitle } from '../../shell/use-page-title.ts'
import { SignInPage } from '../sign-in/page.tsx'
import './follow.css'
import { FollowButton } from './follow-button.tsx'

const pageSize = 20
const listKey = ['follow', 'list']

/** The shops that I follow: those on air first. */
export function FollowingPage() {
  const t = useT()
  const { user } = useMe()
  usePageTitle(t('follow.title'))
  if (user === null) return <SignInPage title={t('follow.title')} />
  return (
    <Page bar={<AppBar title={t('follow.title')} onBack={goBack} />}>
      {user ? <Following /> : <SkeletonList rows={5} />}
    </Page>
  )
}

function Following() {
  const t = useT()
  const cache = useQueryClient()
  const pages = usePages([...listKey, 'pages'], cursor =>
    api.follow.list({ limit: pageSize, ...(cursor ? { cursor } : {}) }),
  )
  const refresh = () => cache.invalidateQueries({ queryKey: listKey })
  useTopic(topics.feed, {
    onOrdered(message) {
      if (message.t === 'feed.changed') void refresh()
    },
    onResync: refresh,
  })
  if (pages.isLoading) return <SkeletonList rows={5} />
  if (pages.error && pages.items.length === 0)
    return <Trouble error={pages.error} onRetry={pages.retry} />
  if (pages.isEmpty) {
    return (
      <Empty icon="live" title={t('follow.empty')}>
        {t('follow.emptyHint')}
      </Empty>
    )
  }
  return (
    <>
      <ul className="follow-list" aria-label={t('follow.title')}>
        {pages.items.map(item => (
          <Row key={item.shop.id} item={item} />
        ))}
      </ul>
      <MorePages pages={pages} />
    </>
  )
}

function Row({ item }: { item: FollowedShop }) {
  const t = useT()
  const format = useFormat()
  const { shop, live, followerCount } = item
  return (
    <li className="k-card follow-row">
      <Link
        className="follow-row-main"
        href={live ? `/live/${live.id}` : `/shop/${shop.id}`}
        onPointerEnter={live ? aheadOfRoom : undefined}
      >
        <Avatar name={shop.name} src={shop.logoUrl} size={52} live={live !== null} />
        <span className="follow-row-text">
          <strong className="k-clamp">{shop.name}</strong>
          {live ? (
            <span className="follow-row-live">
              <LiveBadge /> <span className="k-clamp">{live.title}</span>
            </span>
          ) : (
            <span className="k-muted">
              {t('follow.followers', {
                count: followerCount,
                shown: format.count(followerCount),
              })}
            </span>
          )}
        </span>
      </Link>
      <FollowButton
        shopId={shop.id}
        shopName={shop.name}
        known={{ isFollowing: true, followerCount }}
      />
    </li>
  )
}
