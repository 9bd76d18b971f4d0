import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { PageShell } from '../../components/page-shell.tsx'
import { useMyShop, useWorkplace } from '../account/workplace.tsx'
import { useOrdersLive } from '../orders/use-orders.ts'
import { Figure } from './figure.tsx'
import { LiveNow } from './live-now.tsx'
import { Sources } from './sources.tsx'
import { useBalance, useOrderToday, useStockAlerts } from './use-today.ts'
import './today.css'

/** Slower than the list of orders: the figures look through a whole day. */
const refreshMs = 5_000

/** What there is to do and what came in. */
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
      {can('stock.manage') && <StockFigure shopId={shop.id} />}
      {can('ledger.read') && <BalanceFigures shopId={shop.id} />}
      {can('live.host') && <LiveNow shopId={shop.id} />}
      {can('order.manage') && <Sources shopId={shop.id} />}
    </PageShell>
  )
}

function OrderFigures({ shopId }: { shopId: string }) {
  const t = useT()
  const today = useOrderToday(shopId)
  useOrdersLive(shopId, refreshMs)
  const waits = today.data !== undefined && today.data.toShipCount > 0
  return (
    <section className="figures figures-orders" aria-label={t('today.orders')}>
      <Figure label={t('today.toShip')} query={today} href="/orders?state=paid" isMain={waits}>
        {({ toShipCount, lateCount }) => (
          <>
            <span className="figure-count k-num">{toShipCount}</span>
            {lateCount > 0 && <small>{t('today.late', { count: lateCount })}</small>}
          </>
        )}
      </Figure>
      <Figure label={t('today.pending')} query={today} href="/orders?state=pending">
        {({ unpaidCount }) => <span className="figure-count k-num">{unpaidCount}</span>}
      </Figure>
      <Figure label={t('today.takings')} query={today}>
        {({ soldFen, soldCount }) => (
          <>
            <Price fen={soldFen} size="xl" tone="plain" />
            <small className="k-muted">{t('today.paidOrders', { count: soldCount })}</small>
          </>
        )}
      </Figure>
      <Figure label={t('today.refunds')} query={today} href="/orders?state=closed">
        {({ refundFen, refundCount }) => (
          <>
            <Price fen={refundFen} size="xl" tone="plain" />
            <small className="k-muted">{t('today.refundOrders', { count: refundCount })}</small>
          </>
        )}
      </Figure>
    </section>
  )
}

function StockFigure({ shopId }: { shopId: string }) {
  const t = useT()
  const alerts = useStockAlerts(shopId)
  return (
    <section className="figures" aria-label={t('nav.stock')}>
      <Figure label={t('today.lowStock')} query={alerts} href="/stock?filter=low">
        {({ items, next }) => (
          <span className="figure-count k-num">
            {items.length}
            {next && '+'}
          </span>
        )}
      </Figure>
    </section>
  )
}

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
