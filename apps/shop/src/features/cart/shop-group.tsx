import type { CartLine } from '@kaibo/contract/trade/cart'
import { Tick } from '@kaibo/ui/choice/tick.tsx'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Link } from 'wouter'
import { savingsOf } from '../price/model.ts'
import { CartRow } from './cart-row.tsx'
import { canGo, isGoing, type pricedBySku, type ShopLines } from './model.ts'
import type { useCart } from './use-cart.ts'

type ShopGroupProps = {
  group: ShopLines
  priced: ReturnType<typeof pricedBySku>
  cart: Pick<ReturnType<typeof useCart>, 'select' | 'setQuantity' | 'remove'>
  onChangeSku: (line: CartLine) => void
}

/** The lines of one shop: they become one order. */
export function ShopGroup({ group, priced, cart, onChangeSku }: ShopGroupProps) {
  const t = useT()
  const { shop, lines } = group
  const possible = lines.filter(canGo)
  const goingCount = lines.filter(isGoing).length
  const isAll = possible.length > 0 && goingCount === possible.length
  const own = lines.flatMap(line => priced.lines.get(line.skuId) ?? [])
  const gifts = goingCount > 0 ? (priced.gifts.get(shop.id) ?? []) : []
  return (
    <section className="k-card cart-shop" aria-label={shop.name}>
      <header>
        <Tick
          checked={isAll}
          isPartly={goingCount > 0 && !isAll}
          disabled={possible.length === 0}
          label={t('cart.allOf', { shop: shop.name })}
          onChange={isSelected =>
            cart.select(
              possible.map(line => line.skuId),
              isSelected,
            )
          }
        />
        <Link href={`/shop/${shop.id}`} className="cart-shop-name k-clamp">
          {shop.name}
        </Link>
      </header>
      {goingCount > 0 && own.length > 0 && (
        <p className="cart-offers">
          {savingsOf(own).map(saving => (
            <Badge key={saving.key} tone="accent">
              {saving.title}
            </Badge>
          ))}
        </p>
      )}
      <ul>
        {lines.map(line => (
          <CartRow
            key={line.skuId}
            line={line}
            priced={isGoing(line) ? priced.lines.get(line.skuId) : undefined}
            onSelect={isSelected => cart.select([line.skuId], isSelected)}
            onQuantity={quantity => cart.setQuantity(line.skuId, quantity)}
            onRemove={() => cart.remove([line.skuId])}
            onChangeSku={() => onChangeSku(line)}
          />
        ))}
      </ul>
      {gifts.length > 0 && (
        <ul className="cart-gifts">
          {gifts.map(gift => (
            <li key={gift.skuId}>
              <Badge tone="success">{t('price.gift')}</Badge>
              <span className="k-clamp">{gift.title}</span>
              <span className="k-num">×{gift.quantity}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
