import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { productsKey } from '../products/use-products.ts'
import { type TrendBar, trendBars } from './trend-model.ts'

const days = 30
const size = { width: 560, height: 150 }

/** What came in, went out and was sold in the last 30 days, with what was on hand. */
export function TrendChart({ shopId, skuId }: { shopId: string; skuId: string }) {
  const t = useT()
  const { data } = useQueryOf([...productsKey(shopId), 'trend', skuId], () =>
    api.stock.trend({ shopId, skuId, days }),
  )
  if (!data) return <SkeletonList rows={2} />
  const { bars, line, onHandMax } = trendBars(data.days, size)
  return (
    <figure className="trend">
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        role="img"
        aria-label={t('stockList.trend', { days })}
      >
        <line x1={0} x2={size.width} y1={size.height / 2} y2={size.height / 2} />
        {bars.map(bar => (
          <Bar key={bar.day} bar={bar} />
        ))}
        <polyline points={line} />
      </svg>
      <figcaption className="k-muted">
        {(['in', 'sold', 'out', 'onHand'] as const).map(kind => (
          <span key={kind} className="trend-key" data-kind={kind}>
            {t(`stockList.trendKey.${kind}`, { count: onHandMax })}
          </span>
        ))}
      </figcaption>
    </figure>
  )
}

function Bar({ bar }: { bar: TrendBar }) {
  const t = useT()
  return (
    <g>
      <title>{t('stockList.trendDay', bar.counts)}</title>
      {bar.parts.map(({ kind, y, height }) => (
        <rect
          key={kind}
          data-kind={kind}
          x={bar.x}
          y={y}
          width={bar.width}
          height={height}
          rx={2}
        />
      ))}
      <rect className="trend-hit" x={bar.x} y={0} width={bar.width} height={size.height} />
    </g>
  )
}
