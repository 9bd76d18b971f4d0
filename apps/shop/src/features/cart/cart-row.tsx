import type { PricedLine } from '@kaibo/contract/offer/price'
import type { CartLine } from '@kaibo/contract/trade/cart'
import { Tick } from '@kaibo/ui/choice/tick.tsx'
import { Button, IconButton } from '@kaibo/ui/control/button.tsx'
import { Stepper } from '@kaibo/ui/control/stepper.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { Link } from 'wouter'
import { specText } from '../product/model.ts'
import { priceMoveFen } from './model.ts'

type CartRowProps = {
  line: CartLine
  /** Its price among the others, when it goes to the checkout. */
  priced: PricedLine | undefined
  onSelect: (isSelected: boolean) => void
  onQuantity: (quantity: number) => void
  onRemove: () => void
  onChangeSku: () => void
}

/** A line of the cart; pulled aside (or reached by the keyboard) it shows the button to remove it. */
export function CartRow({ line, priced, ...does }: CartRowProps) {
  const t = useT()
  return (
    <li className="cart-row">
      <div className="cart-row-main">
        <Tick
          checked={line.isSelected && line.problem === null}
          disabled={line.problem !== null}
          label={t('cart.pick', { title: line.title })}
          onChange={does.onSelect}
        />
        <Link href={`/product/${line.productId}`} className="cart-picture" tabIndex={-1}>
          {line.pictureUrl && <img src={line.pictureUrl} alt="" loading="lazy" />}
        </Link>
        <div className="cart-text">
          <Link href={`/product/${line.productId}`} className="cart-title k-clamp">
            {line.title}
          </Link>
          <button
            type="button"
            className="cart-spec"
            onClick={does.onChangeSku}
            aria-label={t('cart.changeSpec', { spec: specText(line.spec) })}
          >
            <span className="k-clamp">{specText(line.spec)}</span> <Icon name="chevron" />
          </button>
          <Notes line={line} onQuantity={does.onQuantity} />
          <div className="cart-buy">
            <Price
              fen={priced?.unitPriceFen ?? line.priceFen}
              wasFen={priced?.listPriceFen}
              size="m"
            />
            <Stepper
              label={t('cart.quantityOf', { title: line.title })}
              value={line.quantity}
              max={Math.max(line.quantityMax, line.quantity)}
              onChange={does.onQuantity}
            />
          </div>
        </div>
      </div>
      <IconButton
        icon="trash"
        label={t('cart.removeOf', { title: line.title })}
        onClick={does.onRemove}
      />
    </li>
  )
}

const lowMax = 10

/** What changed since the line was put in, and what has to be mended. */
function Notes({ line, onQuantity }: Pick<CartRowProps, 'line' | 'onQuantity'>) {
  const t = useT()
  const format = useFormat()
  const moveFen = priceMoveFen(line)
  const amount = format.fen(Math.abs(moveFen))
  return (
    <>
      {moveFen !== 0 && (
        <p className="cart-note" data-tone={moveFen < 0 ? 'good' : 'plain'}>
          {t(moveFen < 0 ? 'cart.cheaper' : 'cart.dearer', { amount })}
        </p>
      )}
      {line.problem === null && line.available <= lowMax && (
        <p className="cart-note" data-tone="plain">
          {t('product.onlyLeft', { count: line.available })}
        </p>
      )}
      {line.problem !== null && (
        <p className="cart-note" data-tone="bad">
          {t(`cart.problem.${line.problem}`, { count: line.quantityMax })}
          <Button size="s" tone="plain" onClick={() => onQuantity(line.quantityMax)}>
            {t('cart.mend', { count: line.quantityMax })}
          </Button>
        </p>
      )}
    </>
  )
}
