import type { OrderCounts } from '@kaibo/contract/trade/order'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Icon, type IconName } from '@kaibo/ui/display/icon.tsx'
import { List, ListItem } from '@kaibo/ui/display/list.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { useMe, useSignOut } from '@kaibo/ui/session/use-me.ts'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { useLocation } from 'wouter'
import { MainNav } from '../../shell/main-nav.tsx'
import { usePageTitle } from '../../shell/use-page-title.ts'
import { SignInPage } from '../sign-in/page.tsx'
import { GoLive } from './go-live.tsx'
import './me.css'
import { isHost } from './model.ts'
import { Profile } from './profile.tsx'

const Lead = ({ name }: { name: IconName }) => (
  <span className="me-lead">
    <Icon name={name} />
  </span>
)

const Count = ({ of }: { of: number | undefined }) =>
  of ? <span className="k-num me-count">{of}</span> : null

/** Orders that wait for somebody. */
const openOrders = (counts: OrderCounts) =>
  counts.pending + counts.paid + counts.part_shipped + counts.shipped

/** Who I am, my addresses, my language. */
export function MePage() {
  const t = useT()
  const { user, shops } = useMe()
  const signOut = useSignOut()
  usePageTitle(t('me.title'))
  if (user === null) return <SignInPage title={t('me.title')} />
  return (
    <Page bar={<AppBar title={t('me.title')} />} foot={<MainNav />}>
      {!user && <SkeletonList rows={4} />}
      {user && (
        <div className="k-stack">
          <Profile user={user} />
          {isHost(shops) && <GoLive />}
          <Places hosts={isHost(shops)} />
          <Button tone="quiet" wide busy={signOut.busy} onClick={() => signOut.run(undefined)}>
            {t('me.signOut')}
          </Button>
        </div>
      )}
    </Page>
  )
}

type Place = { icon: IconName; title: string; href: string; count?: number | undefined }

/** Where my things are, and how many. */
function Places({ hosts }: { hosts: boolean }) {
  const t = useT()
  const [, go] = useLocation()
  const [language, setLanguage] = useLanguage()
  const kept = useQueryOf(['favourites', 'count'], () => api.favourite.count())
  const points = useQueryOf(['points'], () => api.points.account())
  const orders = useQueryOf(['orders', 'counts'], () => api.order.counts())
  const orderCount = orders.data && openOrders(orders.data)
  const places: Place[] = [
    { icon: 'orders', title: t('orders.title'), href: '/orders', count: orderCount },
    { icon: 'ticket', title: t('coupon.title'), href: '/me/coupons' },
    { icon: 'coin', title: t('points.title'), href: '/me/points', count: points.data?.balance },
    { icon: 'heart', title: t('favourite.title'), href: '/me/favourites', count: kept.data?.count },
    { icon: 'star', title: t('follow.title'), href: '/me/following' },
    { icon: 'clock', title: t('history.title'), href: '/me/history' },
    { icon: 'location', title: t('address.title'), href: '/me/addresses' },
  ]
  return (
    <List label={t('me.title')} inset>
      {places.map(({ icon, title, href, count }) => (
        <ListItem
          key={href}
          lead={<Lead name={icon} />}
          title={title}
          trail={
            <>
              <Count of={count} /> <Icon name="chevron" />
            </>
          }
          onPress={() => go(href)}
        />
      ))}
      <ListItem
        lead={<Lead name="language" />}
        title={t('language.name')}
        trail={language === 'en' ? 'English' : '简体中文'}
        onPress={() => void setLanguage(language === 'en' ? 'zh-CN' : 'en')}
      />
      <ListItem
        lead={<Lead name="live" />}
        title={t(hosts ? 'me.desk' : 'me.studio')}
        href="/studio/"
      />
    </List>
  )
}
