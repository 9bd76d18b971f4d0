import type { OrderCounts } from '@kaibo/contract/order'
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
import { Profile } from './profile.tsx'
import './me.css'

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
  const { user } = useMe()
  const signOut = useSignOut()
  usePageTitle(t('me.title'))
  if (user === null) return <SignInPage title={t('me.title')} />
  return (
    <Page bar={<AppBar title={t('me.title')} />} foot={<MainNav />}>
      {!user && <SkeletonList rows={4} />}
      {user && (
        <div className="k-stack">
          <Profile user={user} />
          <Places />
          <Button tone="quiet" wide busy={signOut.busy} onClick={() => signOut.run(undefined)}>
            {t('me.signOut')}
          </Button>
        </div>
      )}
    </Page>
  )
}

/** Where my things are. */
function Places() {
  const t = useT()
  const [, go] = useLocation()
  const [language, setLanguage] = useLanguage()
  const kept = useQueryOf(['favourites', 'count'], () => api.favourite.count())
  const points = useQueryOf(['points'], () => api.points.account())
  const orders = useQueryOf(['orders', 'counts'], () => api.order.counts())
  return (
    <List label={t('me.title')} inset>
      <ListItem
        lead={<Lead name="orders" />}
        title={t('orders.title')}
        trail={
          <>
            <Count of={orders.data && openOrders(orders.data)} /> <Icon name="chevron" />
          </>
        }
        onPress={() => go('/orders')}
      />
      <ListItem
        lead={<Lead name="gift" />}
        title={t('coupon.title')}
        trail={<Icon name="chevron" />}
        onPress={() => go('/me/coupons')}
      />
      <ListItem
        lead={<Lead name="coin" />}
        title={t('points.title')}
        trail={
          <>
            <Count of={points.data?.balance} /> <Icon name="chevron" />
          </>
        }
        onPress={() => go('/me/points')}
      />
      <ListItem
        lead={<Lead name="heart" />}
        title={t('favourite.title')}
        trail={
          <>
            <Count of={kept.data?.count} /> <Icon name="chevron" />
          </>
        }
        onPress={() => go('/me/favourites')}
      />
      <ListItem
        lead={<Lead name="clock" />}
        title={t('history.title')}
        trail={<Icon name="chevron" />}
        onPress={() => go('/me/history')}
      />
      <ListItem
        lead={<Lead name="location" />}
        title={t('address.title')}
        trail={<Icon name="chevron" />}
        onPress={() => go('/me/addresses')}
      />
      <ListItem
        lead={<Lead name="language" />}
        title={t('language.name')}
        trail={language === 'en' ? 'English' : '简体中文'}
        onPress={() => void setLanguage(language === 'en' ? 'zh-CN' : 'en')}
      />
      <ListItem lead={<Lead name="live" />} title={t('me.studio')} href="/studio/" />
    </List>
  )
}
