import type { PointsAccount } from '@kaibo/contract/offer/points'
import { fen } from '@kaibo/kernel/money'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { List, ListItem } from '@kaibo/ui/display/list.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { goBack } from '../../shell/go-back.ts'
import { MorePages, usePages } from '../../shell/pages.tsx'
import { Trouble } from '../../shell/trouble.tsx'
import { usePageTitle } from '../../shell/use-page-title.ts'
import { SignInPage } from '../sign-in/page.tsx'
import './points.css'

const pageSize = 20

/** My points: how many, what they are worth, where they came from and went. */
export function PointsPage() {
  const t = useT()
  const { user } = useMe()
  usePageTitle(t('points.title'))
  const account = useQueryOf(['points'], () => api.points.account(), { enabled: Boolean(user) })
  if (user === null) return <SignInPage title={t('points.title')} />
  return (
    <Page bar={<AppBar title={t('points.title')} onBack={goBack} />}>
      {account.error && !account.data && (
        <Trouble error={account.error} onRetry={() => void account.refetch()} />
      )}
      {!account.data && !account.error && <SkeletonList rows={4} />}
      {account.data && (
        <div className="k-stack">
          <Balance account={account.data} />
          <Entries />
        </div>
      )}
    </Page>
  )
}

/** What points take off, in whole fen. */
const worthOf = ({ balance, settings }: PointsAccount) =>
  fen(Math.floor((balance * 100) / settings.pointsPerYuan))

function Balance({ account }: { account: PointsAccount }) {
  const t = useT()
  const format = useFormat()
  const { balance, expiring, settings } = account
  return (
    <section className="points-card" aria-label={t('points.balance')}>
      <p>{t('points.balance')}</p>
      <p className="points-balance k-num">
        {format.number(balance)}
        <small>{t('points.worth', { amount: format.fen(worthOf(account)) })}</small>
      </p>
      {expiring && (
        <p className="points-expiring">
          {t('points.expiring', {
            points: format.number(expiring.points),
            date: format.date(expiring.at),
          })}
        </p>
      )}
      <p className="points-rule">
        {settings.isOn
          ? t('points.rule', {
              count: settings.earnedPerYuan,
              points: settings.pointsPerYuan,
              share: format.basisPoints(settings.shareMaxBps),
            })
          : t('points.off')}
      </p>
    </section>
  )
}

function Entries() {
  const t = useT()
  const format = useFormat()
  const pages = usePages(['points', 'entries'], cursor =>
    api.points.entries({ limit: pageSize, ...(cursor ? { cursor } : {}) }),
  )
  if (pages.isLoading) return <SkeletonList rows={4} />
  if (pages.error && pages.items.length === 0)
    return <Trouble error={pages.error} onRetry={pages.retry} />
  if (pages.isEmpty) {
    return (
      <Empty icon="coin" title={t('points.empty')}>
        {t('points.emptyHint')}
      </Empty>
    )
  }
  return (
    <>
      <List label={t('points.log')} inset>
        {pages.items.map(({ id, reason, delta, at, orderId }) => (
          <ListItem
            key={id}
            title={t(`points.reason.${reason}`)}
            body={format.dateTime(at)}
            trail={
              <span className="points-delta k-num" data-gain={delta > 0}>
                {(delta > 0 ? '+' : '') + format.number(delta)}
              </span>
            }
            {...(orderId ? { href: `/orders/${orderId}` } : {})}
          />
        ))}
      </List>
      <MorePages pages={pages} />
    </>
  )
}
