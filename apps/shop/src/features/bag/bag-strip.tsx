import type { Bag } from '@kaibo/contract/show/showcase'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { type Sale, saleOfProduct } from '../sale/model.ts'
import './bag.css'

type BagStripProps = {
  bag: Bag
  sales: ReadonlyMap<string, Sale>
  onBuy: (productId: string) => void
}

/** The bag at a glance, where a screen has room for it beside the picture. */
export function BagStrip({ bag, sales, onBuy }: BagStripProps) {
  const t = useT()
  if (bag.items.length === 0) return null
  // A flash price stands beside the one that it is less than, as in the bag itself.
  const priceOf = ({ id, priceFromFen, priceToFen }: Bag['items'][number]['product']) => {
    const sale = saleOfProduct(sales, id)
    return sale?.state === 'running'
      ? { fen: sale.item.priceFen, wasFen: sale.item.listPriceFen }
      : { fen: priceFromFen, from: priceToFen > priceFromFen }
  }
  return (
    <ul className="bag-strip" aria-label={t('bag.strip')}>
      {bag.items.map(({ number, product }) => (
        <li key={product.id}>
          <button type="button" title={product.title} onClick={() => onBuy(product.id)}>
            <span className="bag-picture">
              {product.pictureUrl && <img src={product.pictureUrl} alt="" loading="lazy" />}
              <span className="bag-number">{number}</span>
            </span>
            <span className="k-sr">{product.title}</span>
            <Price {...priceOf(product)} size="s" />
          </button>
        </li>
      ))}
    </ul>
  )
}
