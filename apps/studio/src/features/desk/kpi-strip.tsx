import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { ordersPerMinute } from '../insight/model.ts'
import type { Desk } from './use-desk.ts'

/** On a phone the strip is wider than the screen: the keyboard scrolls what it can reach. */
const scrollStop = { tabIndex: 0 }

/** The numbers of the show, as they are now; those of sales are three seconds old at most. */
export function KpiStrip({ desk }: { desk: Desk }) {
  const t = useT()
  const format = useFormat()
  const { data: insight, error } = desk.insight
  const { thumbs } = desk
  const isStale = error !== null
  const count = (value: number | undefined) => (value === undefined ? '–' : format.count(value))
  const hasSales = desk.comments.keeper.assists
  return (
    <section className="kpi-box" aria-label={t('kpi.title')} {...scrollStop}>
      <dl className="kpis k-num">
        <Kpi name={t('kpi.online')} value={count(desk.onlineCount)} />
        {hasSales && (
          <>
            <Kpi
              isStale={isStale}
              name={t('kpi.amount')}
              value={insight ? format.fen(insight.amountFen) : '–'}
            />
            <Kpi isStale={isStale} name={t('kpi.orders')} value={count(insight?.orderCount)} />
            <Kpi
              isStale={isStale}
              name={t('kpi.conversion')}
              value={insight ? format.basisPoints(insight.conversionBps) : '–'}
            />
            <Kpi
              isStale={isStale}
              name={t('kpi.pace')}
              value={insight ? format.number(ordersPerMinute(insight)) : '–'}
            />
          </>
        )}
        <Kpi name={t('kpi.hearts')} value={count(desk.heartCount)} />
        {thumbs && (
          <>
            <Kpi name={t('kpi.up')} value={count(thumbs.upCount)} />
            <Kpi name={t('kpi.down')} value={count(thumbs.downCount)} />
          </>
        )}
      </dl>
    </section>
  )
}

function Kpi({ name, value, isStale }: { name: string; value: string; isStale?: boolean }) {
  return (
    <div className="kpi" data-stale={isStale || undefined}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
