import { Button } from '../src/control/button.tsx'
import { Avatar } from '../src/display/avatar.tsx'
import { Badge, LiveBadge, ViewerCount } from '../src/display/badge.tsx'
import { Icon, type IconName } from '../src/display/icon.tsx'
import { List, ListItem } from '../src/display/list.tsx'
import { Price } from '../src/display/price.tsx'
import { Empty, ErrorState } from '../src/feedback/empty.tsx'
import { SkeletonList } from '../src/feedback/skeleton.tsx'
import { useT } from '../src/i18n.ts'
import { Countdown } from '../src/live/countdown.tsx'
import { BottomNav } from '../src/shell/bottom-nav.tsx'
import { useFormat } from '../src/use-format.ts'
import { Group } from './toolbar.tsx'

const iconNames: readonly IconName[] = [
  ...(['home', 'live', 'play', 'heart', 'heart-fill', 'bag', 'chat', 'share', 'eye'] as const),
  ...(['sound', 'muted', 'orders', 'user', 'truck', 'camera', 'pin', 'drag', 'copy'] as const),
  ...(['check', 'plus', 'minus', 'close', 'back', 'chevron', 'search', 'settings'] as const),
  ...(['language', 'warning'] as const),
]
const openedAt = Date.now()

export function Display() {
  const t = useT()
  const format = useFormat()
  return (
    <Group title={t('group.display')}>
      <div className="g-wrap">
        <Price fen={12_900} wasFen={19_900} size="l" />
        <Price fen={1_290} from />
        <Price fen={1_288_050} size="xl" />
        <Price fen={-990} tone="plain" />
      </div>
      <div className="g-wrap">
        <LiveBadge />
        <Badge tone="accent">{t('badge.explaining')}</Badge>
        <Badge tone="success">{t('order.paid')}</Badge>
        <Badge tone="warning">{t('order.unpaid')}</Badge>
        <Badge tone="danger">{t('order.closed')}</Badge>
        <Badge tone="info">{t('order.shipped')}</Badge>
        <Badge>{t('order.done')}</Badge>
        <ViewerCount count={12_345} />
      </div>
      <div className="g-wrap">
        {['林青', '周末茶铺', 'Mei', '陈陈', 'Ann', '阿北'].map((name, at) => (
          <Avatar key={name} name={name} live={at === 0} size={44} />
        ))}
        <Countdown endsAtMs={openedAt + 3_723_000} />
        <Countdown endsAtMs={openedAt + 8_000} />
        <Countdown endsAtMs={openedAt + 200_000_000} look="text" />
      </div>
      <List inset label={t('group.orders')}>
        <ListItem
          title={t('sample.order')}
          body={format.ago(openedAt - 3 * 60_000)}
          lead={<Icon name="truck" />}
          trail={<Badge tone="info">{t('order.shipped')}</Badge>}
          href="#order"
        />
        <ListItem
          title={t('sample.longName')}
          body={format.dateTime(openedAt)}
          trail={<Price fen={8_800} tone="plain" />}
          onPress={() => undefined}
        />
        <ListItem title={t('field.price')} trail={format.fen(128_000)} current />
      </List>
      <div className="g-wrap g-icons">
        {iconNames.map(name => (
          <Icon key={name} name={name} />
        ))}
      </div>
    </Group>
  )
}

export function Feedback() {
  const t = useT()
  return (
    <Group title={t('group.feedback')}>
      <SkeletonList rows={2} />
      <Empty
        icon="bag"
        title={t('empty.title')}
        action={<Button tone="primary">{t('empty.action')}</Button>}
      >
        {t('empty.body')}
      </Empty>
      <ErrorState onRetry={() => undefined} />
      <BottomNav
        items={[
          { href: '#home', icon: 'home', label: t('nav.home'), current: true },
          { href: '#live', icon: 'live', label: t('nav.live') },
          { href: '#orders', icon: 'orders', label: t('nav.orders') },
          { href: '#me', icon: 'user', label: t('nav.me') },
        ]}
      />
    </Group>
  )
}
