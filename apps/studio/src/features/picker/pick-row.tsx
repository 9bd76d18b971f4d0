import type { ProductCard } from '@kaibo/contract/goods/catalog'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'

type PickRowProps = {
  card: ProductCard
  /** In the bag already. */
  isIn: boolean
  /** The how-manieth picked, from 1; 0 when it is not picked. */
  place: number
  onToggle: () => void
}

export function PickRow({ card, isIn, place, onToggle }: PickRowProps) {
  const t = useT()
  return (
    <li>
      <label className="pick-row">
        <input
          type="checkbox"
          checked={isIn || place > 0}
          disabled={isIn}
          onChange={onToggle}
          aria-label={card.title}
        />
        <span className="bag-picture">
          {card.pictureUrl && <img src={card.pictureUrl} alt="" loading="lazy" />}
        </span>
        <span className="bag-text">
          <strong className="k-clamp" style={{ '--lines': 2 }}>
            {card.title}
          </strong>
          <span className="bag-facts">
            <Price fen={card.priceFromFen} size="s" from={card.priceToFen > card.priceFromFen} />
            <span className="bag-stock k-num" data-problem={card.available <= 0 || undefined}>
              {card.available > 0 ? t('bag.stock', { count: card.available }) : t('bag.soldOut')}
            </span>
          </span>
        </span>
        {isIn ? (
          <Badge>{t('picker.isIn')}</Badge>
        ) : (
          <span className="pick-mark k-num" aria-hidden="true">
            {place > 0 && place}
          </span>
        )}
      </label>
    </li>
  )
}
