import type { Bag } from '@kaibo/contract/showcase'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'

/** The bag at a glance, where a screen has room for it beside the picture. */
export function BagStrip({ bag, onBuy }: { bag: Bag; onBuy: (productId: string) => void }) {
  const t = useT()
  if (bag.items.length === 0) return null
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
            <Price fen={product.priceFromFen} size="s" />
          </button>
        </li>
      ))}
    </ul>
  )
}
