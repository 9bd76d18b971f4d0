import type { StockMovement } from '@kaibo/contract/goods/stock'
import { api } from '@kaibo/ui/data/api.tsx'
import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { Link } from 'wouter'
import { Pager } from '../../components/list/pager.tsx'
import { usePages } from '../../components/list/use-pages.ts'
import { productsKey } from '../products/use-products.ts'
import { reasonTones, signed } from './model.ts'

const pageSize = 10

/** Every change of the stock of a SKU, newest first. */
export function MovementLog({ shopId, skuId }: { shopId: string; skuId: string }) {
  const t = useT()
  const sentence = useErrorSentence()
  const pages = usePages([...productsKey(shopId), 'movements', skuId], cursor =>
    api.stock.movements({ shopId, skuId, limit: pageSize, ...cursor }),
  )
  return (
    <section className="section" aria-label={t('stock.log')}>
      <h2>{t('stock.log')}</h2>
      {pages.isLoading && <SkeletonList rows={4} />}
      {pages.error && pages.items.length === 0 && (
        <ErrorState onRetry={pages.retry}>{sentence(pages.error)}</ErrorState>
      )}
      <ol className="movements">
        {pages.items.map(movement => (
          <Movement key={movement.id} movement={movement} />
        ))}
      </ol>
      <Pager pages={pages} />
    </section>
  )
}

function Movement({ movement }: { movement: StockMovement }) {
  const t = useT()
  const format = useFormat()
  const { reason, onHandDelta, reservedDelta, onHandAfter, reservedAfter, orderId } = movement
  return (
    <li>
      <div className="movement-head">
        <Badge tone={reasonTones[reason]}>{t(`stock.reason.${reason}`)}</Badge>
        <small className="k-muted k-num">
          {movement.actorName} {format.dateTime(movement.at)}
        </small>
      </div>
      <p className="k-num">
        {onHandDelta !== 0 && (
          <span>{t('stock.onHandMoved', { delta: signed(onHandDelta), after: onHandAfter })}</span>
        )}{' '}
        {reservedDelta !== 0 && (
          <span className="k-muted">
            {t('stock.reservedMoved', { delta: signed(reservedDelta), after: reservedAfter })}
          </span>
        )}
      </p>
      {movement.note && <p className="k-muted movement-note">{movement.note}</p>}
      {orderId && <Link href={`/orders/${orderId}`}>{t('stock.toOrder')}</Link>}
    </li>
  )
}
