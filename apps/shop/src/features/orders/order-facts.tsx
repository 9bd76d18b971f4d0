import { carriers } from '@kaibo/contract/trade/carriers'
import type { Order } from '@kaibo/contract/trade/order'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { PriceSum } from '../price/price-sum.tsx'
import { CopyLine } from './copy-line.tsx'
import { OrderHistory } from './order-history.tsx'
import { OrderLines } from './order-lines.tsx'
import { PageSheet } from './page-sheet.tsx'
import { ReceiverCard } from './receiver-card.tsx'

/** Parcels, goods and money, receiver, time line. */
export function OrderFacts({ order }: { order: Order }) {
  const t = useT()
  const [pageOf, setPageOf] = useState<string | null>(null)
  return (
    <>
      {order.parcels.length > 0 && <Parcels order={order} />}
      <section className="k-card order-card">
        <h2>{order.shop.name}</h2>
        <OrderLines lines={order.lines} onPage={setPageOf} />
        <PriceSum lines={order.lines} shipping={order.shippingFen} payableFen={order.payableFen} />
      </section>
      {(order.receiver || order.note) && (
        <section className="k-card order-card">
          <ReceiverCard order={order} />
          {order.note && <p className="k-muted">{t('order.note', { note: order.note })}</p>}
        </section>
      )}
      <OrderHistory order={order} />
      <PageSheet order={order} lineId={pageOf} onClose={() => setPageOf(null)} />
    </>
  )
}

/** How it left: every parcel, and what is in it when not everything is in one. */
function Parcels({ order }: { order: Order }) {
  const t = useT()
  const [language] = useLanguage()
  const titles = new Map(order.lines.map(line => [line.id, line.title]))
  const isSplit = order.parcels.length > 1 || order.state === 'part_shipped'
  return (
    <section className="k-card order-card">
      <h2>{t('order.parcels')}</h2>
      {order.parcels.map(parcel => (
        <div key={parcel.id}>
          <CopyLine text={parcel.number} label={t('order.copy')}>
            {carriers[parcel.carrier][language === 'en' ? 'en' : 'zh']} {parcel.number}
          </CopyLine>
          {isSplit && parcel.lines.length > 0 && (
            <ul className="k-muted order-parcel-lines">
              {parcel.lines.map(line => (
                <li key={line.lineId}>
                  {titles.get(line.lineId)} ×{line.quantity}
                </li>
              ))}
            </ul>
          )}
        </div>
      ))}
    </section>
  )
}
