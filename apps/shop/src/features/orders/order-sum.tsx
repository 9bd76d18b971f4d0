import type { Order } from '@kaibo/contract/order'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import './orders.css'

/** How the amount comes about: goods, shipping, total. */
export function OrderSum({ sum }: { sum: Pick<Order, 'itemsFen' | 'shippingFen' | 'payableFen'> }) {
  const t = useT()
  return (
    <dl className="order-sum">
      <div>
        <dt>{t('checkout.items')}</dt>
        <dd>
          <Price fen={sum.itemsFen} size="s" tone="plain" />
        </dd>
      </div>
      <div>
        <dt>{t('checkout.shipping')}</dt>
        <dd>
          {sum.shippingFen === 0 ? (
            t('checkout.free')
          ) : (
            <Price fen={sum.shippingFen} size="s" tone="plain" />
          )}
        </dd>
      </div>
      <div className="order-total">
        <dt>{t('orders.total')}</dt>
        <dd>
          <Price fen={sum.payableFen} size="m" />
        </dd>
      </div>
    </dl>
  )
}
