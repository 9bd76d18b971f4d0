import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { byKind } from './model.ts'
import { useSources } from './use-today.ts'

/** Where the sales of the shop came from. */
export function Sources({ shopId }: { shopId: string }) {
  const t = useT()
  const { data } = useSources(shopId)
  if (!data || data.items.length === 0) return null
  return (
    <section className="k-card section" aria-label={t('today.sources')}>
      <h2>{t('today.sources')}</h2>
      <ul className="sources">
        {byKind(data).map(({ kind, orderCount, paidFen, share }) => (
          <li key={kind}>
            <span className="source-words">
              <strong>{t(`source.${kind}`)}</strong>
              <span className="k-muted k-num">
                {t('today.paidOrders', { count: orderCount })} · {share}%
              </span>
            </span>
            <Price fen={paidFen} size="s" tone="plain" />
            <span className="source-bar" style={{ '--share': `${share}%` }} />
          </li>
        ))}
      </ul>
      <p className="order-card-row">
        <span className="k-muted">{t('today.sourcesTotal', { count: data.orderCount })}</span>
        <Price fen={data.paidFen} size="m" tone="plain" />
      </p>
    </section>
  )
}
