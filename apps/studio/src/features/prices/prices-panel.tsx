import type { FlashSaleCard } from '@kaibo/contract/offer/flashsale'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { Price } from '@kaibo/ui/display/price.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Countdown } from '@kaibo/ui/live/countdown.tsx'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { useState } from 'react'
import { QueryError } from '../../shell/query-error.tsx'
import { type MyShop, may } from '../account/model.ts'
import { RecordedAs } from '../guard/recorded-as.tsx'
import './prices.css'
import type { RoomPrices } from './use-room-prices.ts'

type PricesPanelProps = {
  shop: MyShop
  liveId: string
  prices: RoomPrices
  isLocked: boolean
}

/** The prices that hold in this room alone: what is left of each, and its end. */
export function PricesPanel({ shop, liveId, prices, isLocked }: PricesPanelProps) {
  const t = useT()
  const { query, sales } = prices
  const [ending, setEnding] = useState<FlashSaleCard | null>(null)
  const end = useActionOf(
    (sale: FlashSaleCard) =>
      api.flashsale.endPriceInRoom({ shopId: shop.id, id: liveId, saleId: sale.id }),
    {
      refresh: [
        ['room-prices', liveId],
        ['bag', liveId],
      ],
      onDone: () => setEnding(null),
    },
  )
  const canEnd = !isLocked && may(shop, 'live.host')
  if (!query.data) return query.error ? <QueryError of={query} /> : <SkeletonList rows={2} />
  if (sales.length === 0) {
    return (
      <Empty icon="bolt" title={t('prices.none')}>
        {t(may(shop, 'live.host') ? 'prices.noneHint' : 'prices.hostOnly')}
      </Empty>
    )
  }
  const offsetMs = Date.parse(query.data.now) - query.dataUpdatedAt
  return (
    <>
      <ul className="price-rows">
        {sales.map(sale => (
          <li key={sale.id} className="price-row">
            <SaleWords sale={sale} />
            <Countdown endsAtMs={Date.parse(sale.endsAt)} offsetMs={offsetMs} look="text" />
            {canEnd && (
              <Button
                size="s"
                aria-label={t('prices.endOf', { title: sale.title })}
                onClick={() => setEnding(sale)}
              >
                {t('prices.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Dialog
        open={ending !== null}
        onClose={() => setEnding(null)}
        onConfirm={() => ending && end.run(ending)}
        busy={end.busy}
        tone="danger"
        title={t('prices.endTitle', { title: ending?.title })}
        confirmLabel={t('prices.end')}
      >
        <p>{t('prices.endBody')}</p>
        <RecordedAs />
      </Dialog>
    </>
  )
}

function SaleWords({ sale }: { sale: FlashSaleCard }) {
  const t = useT()
  const [first] = sale.items
  const leftCount = sale.items.reduce((sum, item) => sum + item.leftCount, 0)
  const quota = sale.items.reduce((sum, item) => sum + item.quota, 0)
  return (
    <div className="price-words">
      <strong className="k-clamp" style={{ '--lines': 1 }} title={sale.title}>
        {sale.title}
      </strong>
      <span>
        {first && <Price fen={first.priceFen} wasFen={first.listPriceFen} size="s" />}{' '}
        <small className="k-muted k-num">
          {first && Object.values(first.spec).join(' · ')}{' '}
          {t('prices.left', { left: leftCount, quota })}
        </small>
      </span>
    </div>
  )
}
