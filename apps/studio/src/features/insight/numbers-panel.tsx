import type { Insight, InsightProduct } from '@kaibo/contract/show/insight'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { QueryError } from '../../shell/query-error.tsx'
import './insight.css'
import { bars } from './model.ts'
import type { InsightQuery } from './use-insight.ts'

const secMs = 1_000
const minutesShown = 60

/** How the show and each product do, a few seconds old at most. */
export function NumbersPanel({ insight }: { insight: InsightQuery }) {
  if (!insight.data) return insight.error ? <QueryError of={insight} /> : <SkeletonList rows={3} />
  return (
    <div className="numbers">
      <Facts insight={insight.data} />
      <Minutes minutes={insight.data.minutes} />
      <Products products={insight.data.products} />
    </div>
  )
}

function Facts({ insight }: { insight: Insight }) {
  const t = useT()
  const format = useFormat()
  const facts = {
    viewers: format.count(insight.viewerCount),
    peak: format.count(insight.peakOnlineCount),
    dwell: format.duration(insight.dwellSec * secMs),
    interaction: format.basisPoints(insight.interactionBps),
    clicks: format.count(insight.clickCount),
    carts: format.count(insight.cartCount),
    buyers: format.count(insight.buyerCount),
  }
  return (
    <dl className="number-facts k-num">
      {Object.entries(facts).map(([name, value]) => (
        <div key={name}>
          <dt>{t(`numbers.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Sales and people of the last hour, minute by minute; the table says the same in numbers. */
function Minutes({ minutes }: Pick<Insight, 'minutes'>) {
  const t = useT()
  const series = [
    { name: 'amount', values: minutes.map(({ amountFen }) => amountFen) },
    { name: 'online', values: minutes.map(({ onlineCount }) => onlineCount) },
  ] as const
  if (minutes.length === 0) return null
  return (
    <div className="number-charts" aria-hidden="true">
      {series.map(({ name, values }) => (
        <figure key={name} data-series={name}>
          <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
            {bars(values, minutesShown).map(bar => (
              <rect
                key={bar.key}
                x={bar.x}
                y={100 - bar.height}
                width={bar.width}
                height={bar.height}
              />
            ))}
          </svg>
          <figcaption>{t(`numbers.chart.${name}`)}</figcaption>
        </figure>
      ))}
    </div>
  )
}

/** The keyboard scrolls what it can reach. */
const scrollStop = { tabIndex: 0 }
const columns = ['clicks', 'carts', 'orders', 'sold', 'amount', 'explained'] as const

function Products({ products }: { products: readonly InsightProduct[] }) {
  const t = useT()
  if (products.length === 0) {
    return (
      <Empty icon="bag" title={t('numbers.none')}>
        {t('numbers.noneHint')}
      </Empty>
    )
  }
  return (
    <section className="number-table-box" aria-label={t('numbers.perProduct')} {...scrollStop}>
      <table className="number-table k-num">
        <caption className="k-sr">{t('numbers.perProduct')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('numbers.product')}</th>
            {columns.map(column => (
              <th key={column} scope="col">
                {t(`numbers.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {products.map(product => (
            <ProductRow key={product.productId} product={product} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function ProductRow({ product }: { product: InsightProduct }) {
  const t = useT()
  const format = useFormat()
  const { number, title } = product
  return (
    <tr>
      <th scope="row" title={title}>
        <b>{number ?? t('numbers.left')}</b> {title}
      </th>
      <td>{format.count(product.clickCount)}</td>
      <td>{format.count(product.cartCount)}</td>
      <td>{format.count(product.orderCount)}</td>
      <td>{format.count(product.soldCount)}</td>
      <td>{format.fen(product.amountFen)}</td>
      <td>{product.explainSec > 0 ? format.duration(product.explainSec * secMs) : '–'}</td>
    </tr>
  )
}
