import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { PageShell } from '../../components/page-shell.tsx'
import { useMyShop, useWorkplace } from '../account/workplace.tsx'
import { useOrdersLive } from '../orders/use-orders.ts'
import { Figure } from './figure.tsx'
import { LiveNow } from './live-now.tsx'
import { type Count, useBalance, useOrderCount, useTakings } from './use-today.ts'
import './today.css'

/** Slower than the list of orders: the takings look through a whole day. */
const refreshMs = 5_000

/** What there is to do and what came in, as far as it can be counted here. */
export function TodayPage() {
  const t = useT()
  const format = useFormat()
  const shop = useMyShop()
  const { can, user } = useWorkplace()
  return (
    <PageShell
      title={t('today.title')}
      hint={t('today.hint', { name: user.nickname, date: format.date(Date.now()) })}
    >
      {can('order.manage') && <OrderFigures shopId={shop.id} />}
      {can('ledger.read') && <BalanceFigures shopId={shop.id} />}
      {can('live.host') && <LiveNow shopId={shop.id} />}
    </PageShell>
  )
}

function OrderFigures({ shopId }: { shopId: string }) {
  const t = useT()
  const toShip = useOrderCount(shopId, 'paid')
  const pending = useOrderCount(shopId, 'pending')
  const takings = useTakings(shopId)
  useOrdersLive(shopId, refreshMs)
  return (
    <section className="figures figures-orders" aria-label={t('today.orders')}>
      <Figure
        label={t('today.toShip')}
        query={toShip}
        href="/orders?state=paid"
        isMain={toShip.data !== undefined && toShip.data.count > 0}
      >
        {counted}
      </Figure>
      <Figure label={t('today.pending')} query={pending} href="/orders?state=pending">
        {counted}
      </Figure>
      <Figure label={t('today.takings')} query={takings}>
        {({ amountFen, orderCount, isComplete }) => (
          <>
            <Price fen={amountFen} size="xl" tone="plain" />
            <small className="k-muted">
              {t(isComplete ? 'today.paidOrders' : 'today.paidOrdersAtLeast', {
                count: orderCount,
              })}
            </small>
          </>
        )}
      </Figure>
    </section>
  )
}

const counted = ({ count, isMore }: Count) => (
  <span className="figure-count k-num">
    {count}
    {isMore && '+'}
  </span>
)

function BalanceFigures({ shopId }: { shopId: string }) {
  const t = useT()
  const balance = useBalance(shopId)
  return (
    <section className="figures" aria-label={t('today.money')}>
      <Figure
        label={t('today.balancePending')}
        hint={t('today.balancePendingHint')}
        query={balance}
      >
        {({ pendingFen }) => <Price fen={pendingFen} size="xl" tone="plain" />}
      </Figure>
      <Figure
        label={t('today.balanceAvailable')}
        hint={t('today.balanceAvailableHint')}
        query={balance}
      >
        {({ availableFen }) => <Price fen={availableFen} size="xl" tone="plain" />}
      </Figure>
    </section>
  )
}
