import type { Cart } from '@kaibo/contract/trade/cart'
import { Tick } from '@kaibo/ui/choice/tick.tsx'
import { Button } from '@kaibo/ui/control/button.tsx'
import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useState } from 'react'
import { savedFen } from '../price/model.ts'
import { PriceSum } from '../price/price-sum.tsx'
import { canGo, isGoing } from './model.ts'
import type { Total } from './use-total.ts'

type CartFootProps = {
  cart: Cart
  total: Total
  onSelect: (skuIds: string[], isSelected: boolean) => void
  onCheckOut: () => void
}

/** All or none, what it costs and why, and the way to the checkout. */
export function CartFoot({ cart, total, onSelect, onCheckOut }: CartFootProps) {
  const t = useT()
  const lines = cart.shops.flatMap(group => group.lines).filter(canGo)
  const goingCount = lines.filter(isGoing).length
  const isAll = lines.length > 0 && goingCount === lines.length
  return (
    <div className="cart-foot">
      <Tick
        checked={isAll}
        isPartly={goingCount > 0 && !isAll}
        label={t('cart.all')}
        onChange={isSelected =>
          onSelect(
            lines.map(line => line.skuId),
            isSelected,
          )
        }
      >
        {t('cart.all')}
      </Tick>
      <CartTotal total={total} />
      <Button tone="primary" size="l" disabled={goingCount === 0} onClick={onCheckOut}>
        {t('cart.checkOut', { count: goingCount })}
      </Button>
    </div>
  )
}

function CartTotal({ total }: { total: Total }) {
  const t = useT()
  const format = useFormat()
  const sentence = useErrorSentence()
  const [isOpen, setOpen] = useState(false)
  const { preview, payableFen } = total
  const offFen = savedFen(preview?.shops.flatMap(part => part.lines) ?? [])
  return (
    <div className="cart-total" aria-live="polite" aria-busy={total.isAsking}>
      <span className="cart-total-line">
        <span className="k-muted">{t('price.total')}</span> <Price fen={payableFen} size="m" />
      </span>
      {total.error && <small className="cart-problem">{sentence(total.error)}</small>}
      {offFen > 0 && (
        <button type="button" className="cart-why" onClick={() => setOpen(true)}>
          {t('cart.saved', { amount: format.fen(offFen) })} <Icon name="chevron" />
        </button>
      )}
      <Sheet
        open={isOpen}
        onClose={() => setOpen(false)}
        title={t('cart.why')}
        theme="paper"
        side="end"
      >
        {preview?.shops.map(part => (
          <section key={part.shop.id} className="cart-part">
            <h3>{part.shop.name}</h3>
            <PriceSum lines={part.lines} shipping="later" payableFen={part.payableFen} />
          </section>
        ))}
      </Sheet>
    </div>
  )
}
