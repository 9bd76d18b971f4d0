import type { Order } from '@kaibo/contract/order'
import { Price } from '@kaibo/ui/display/price.tsx'
import { specText } from '../product/model.ts'
import './orders.css'

/** What was bought. */
export const OrderLines = ({ lines }: { lines: Order['lines'] }) => (
  <ul className="order-lines">
    {lines.map(line => (
      <li key={line.id}>
        {line.pictureUrl && <img src={line.pictureUrl} alt="" loading="lazy" />}
        <div>
          <strong className="k-clamp" style={{ '--lines': 2 }}>
            {line.title}
          </strong>
          <span className="k-muted">{specText(line.spec)}</span>
        </div>
        <div className="order-amount">
          <Price fen={line.unitPriceFen} size="s" tone="plain" />
          <span className="k-muted">×{line.quantity}</span>
        </div>
      </li>
    ))}
  </ul>
)
