import type { ProductCard } from '@kaibo/contract/goods/catalog'
import { useT } from '@kaibo/ui/i18n.ts'
import { Link } from 'wouter'

/** Picture and title; the title leads to the form. */
export function ProductName({ card }: { card: ProductCard }) {
  const t = useT()
  return (
    <div className="product-name">
      {card.pictureUrl && <img className="thumb" src={card.pictureUrl} alt="" loading="lazy" />}
      <div>
        <Link
          className="product-title k-clamp"
          href={`/products/${card.id}`}
          aria-label={t('products.open', { title: card.title })}
        >
          {card.title}
        </Link>
        <small className="k-muted k-clamp" style={{ '--lines': 1 }}>
          {card.subtitle}
        </small>
      </div>
    </div>
  )
}
