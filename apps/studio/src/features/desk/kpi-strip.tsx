import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import type { Desk } from './use-desk.ts'

/** The numbers of the show, as they are now. */
export function KpiStrip({ desk }: { desk: Desk }) {
  const t = useT()
  const format = useFormat()
  const { sales, chat } = desk
  const more = (isAtLeast: boolean) => (isAtLeast ? '+' : '')
  const count = (value: number | undefined) => (value === undefined ? '–' : format.count(value))
  return (
    <section aria-label={t('kpi.title')}>
      <dl className="kpis k-num">
        <Kpi name={t('kpi.online')} value={count(desk.onlineCount)} />
        <Kpi name={t('kpi.comments')} value={count(chat.commentCount) + more(chat.isAtLeast)} />
        <Kpi name={t('kpi.hearts')} value={count(desk.heartCount)} />
        {sales && (
          <>
            <Kpi name={t('kpi.orders')} value={count(sales.orderCount) + more(sales.isAtLeast)} />
            <Kpi
              name={t('kpi.amount')}
              value={format.fen(sales.amountFen) + more(sales.isAtLeast)}
            />
          </>
        )}
      </dl>
    </section>
  )
}

function Kpi({ name, value }: { name: string; value: string }) {
  return (
    <div className="kpi">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
