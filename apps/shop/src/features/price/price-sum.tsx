import type { PricedLine } from '@kaibo/contract/offer/price'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { hasName, listFen, savingsOf } from './model.ts'
import './price.css'

type PriceSumProps = {
  lines: readonly PricedLine[]
  /** later: nobody has said where to · refused: it does not go there. */
  shipping: number | 'later' | 'refused'
  payableFen: number
}

/** How a price comes about, fen by fen: shelf prices, every discount by name, shipping, total. */
export function PriceSum({ lines, shipping, payableFen }: PriceSumProps) {
  const t = useT()
  return (
    <dl className="price-sum">
      <Row label={t('price.goods')} fen={listFen(lines)} />
      {savingsOf(lines).map(saving => (
        <div key={saving.key} data-off>
          <dt>
            <span className="price-kind">{t(`price.kind.${saving.kind}`)}</span>{' '}
            {hasName(saving) && saving.title}
          </dt>
          <dd>
            <Price fen={-saving.offFen} size="s" />
          </dd>
        </div>
      ))}
      {typeof shipping === 'number' && shipping > 0 ? (
        <Row label={t('price.shipping')} fen={shipping} />
      ) : (
        <div>
          <dt>{t('price.shipping')}</dt>
          <dd>{t(`price.shippingIs.${shipping || 'free'}`)}</dd>
        </div>
      )}
      <div className="price-total">
        <dt>{t('price.total')}</dt>
        <dd>
          <Price fen={payableFen} size="m" />
        </dd>
      </div>
    </dl>
  )
}

const Row = ({ label, fen }: { label: string; fen: number }) => (
  <div>
    <dt>{label}</dt>
    <dd>
      <Price fen={fen} size="s" tone="plain" />
    </dd>
  </div>
)

/** The discounts of one line as short marks. */
export function LineSavings({ line }: { line: Pick<PricedLine, 'parts'> }) {
  const t = useT()
  const format = useFormat()
  if (line.parts.length === 0) return null
  return (
    <ul className="price-marks" aria-label={t('price.savings')}>
      {line.parts.map(({ kind, offerId, title, offFen }) => (
        <li key={`${kind} ${offerId ?? title}`}>
          {t('price.off', {
            title: hasName({ kind }) ? title : t(`price.kind.${kind}`),
            amount: format.fen(offFen),
          })}
        </li>
      ))}
    </ul>
  )
}
