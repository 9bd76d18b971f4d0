import type { Order } from '@kaibo/contract/order'
import { Price } from '@kaibo/ui/display/price.tsx'
import { specText } from '../product/model.ts'
import './orders.css'

type Line = Pick<
  Order['lines'][number],
  'skuId' | 'title' | 'spec' | 'pictureUrl' | 'unitPriceFen' | 'quantity'
>

/** What is or was bought. */
export const OrderLines = ({ lines, label }: { lines: readonly Line[]; label?: string }) => (
  <ul className="order-lines" aria-label={label}>
    {lines.map(line => (
      <li key={line.skuId}>
        {line.pictureUrl && <img src={line.pictureUrl} alt="" loading="lazy" />}
        <div className="order-line-text">
          <strong className="k-clamp">{line.title}</strong>
          <span className="order-spec k-clamp">{specText(line.spec)}</span>
        </div>
        <div className="order-amount">
          <Price fen={line.unitPriceFen} size="s" tone="plain" />
          <span className="k-muted k-num">×{line.quantity}</span>
        </div>
      </li>
    ))}
  </ul>
)
