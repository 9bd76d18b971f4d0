import type { Order, OrderSource } from '@kaibo/contract/trade/order'
import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { useAddToCart } from '../cart/use-add.ts'
import { CashierSheet } from '../pay/cashier-sheet.tsx'
import { useSignedIn } from '../sign-in/sheet.tsx'
import { CheckoutSheet } from './checkout-sheet.tsx'
import { type Draft, newDraft } from './draft.ts'
import { type Chosen, SkuSheet } from './sku-sheet.tsx'

/** What is being bought; `only` one of the two buttons, where the page has both. */
export type Buying = { productId: string; only?: 'cart' | 'buy' }

type BuySheetsProps = {
  buying: Buying | null
  onBuying: (buying: Buying | null) => void
  source: OrderSource
  /** Proves that the buyer is in the room of `source`. */
  roomToken?: string | null
  /** A product went into the cart. */
  onCarted?: (productId: string) => void
  /** The orders stand; only paying is left. */
  onPlaced?: () => void
}

/** From a product to paid orders, sheet after sheet, over whatever page is beneath. */
export function BuySheets(props: BuySheetsProps) {
  const { buying, onBuying, source, roomToken, onCarted, onPlaced } = props
  const t = useT()
  const whenSignedIn = useSignedIn()
  const [draft, setDraft] = useState<Draft | null>(null)
  const [checkoutCount, setCheckoutCount] = useState(0)
  const [placed, setPlaced] = useState<readonly Order[] | null>(null)
  const cart = useAddToCart({
    onDone() {
      if (buying) onCarted?.(buying.productId)
      onBuying(null)
    },
  })
  const buy = ({ product, sku, quantity }: Chosen) => {
    const line = { skuId: sku.id, quantity, shopId: product.shopId, title: product.title }
    setCheckoutCount(count => count + 1)
    setDraft(newDraft([line], { source, roomToken: roomToken ?? null }))
  }
  const place = (orders: readonly Order[]) => {
    setDraft(null)
    onBuying(null)
    setPlaced(orders)
    onPlaced?.()
  }
  // Who signs in on the way has the token only now, and one that is renewed takes its place.
  const current = draft && { ...draft, roomToken: roomToken ?? draft.roomToken }
  return (
    <>
      <SkuSheet
        asked={buying}
        liveId={source.kind === 'live' ? source.id : null}
        onClose={() => onBuying(null)}
        actions={chosen => (
          <div className="checkout-buttons">
            {buying?.only !== 'buy' && (
              <Button
                size="l"
                wide
                tone={buying?.only === 'cart' ? 'primary' : 'quiet'}
                busy={cart.busy}
                disabled={!chosen}
                onClick={() => chosen && cart.add(chosen, source)}
              >
                {t('cart.add')}
              </Button>
            )}
            {buying?.only !== 'cart' && (
              <Button
                tone="primary"
                size="l"
                wide
                disabled={!chosen}
                onClick={() => chosen && whenSignedIn(() => buy(chosen))}
              >
                {t('product.buy')}
              </Button>
            )}
          </div>
        )}
      />
      <CheckoutSheet key={checkoutCount} draft={current} onDraft={setDraft} onPlaced={place} />
      <CashierSheet
        orders={placed}
        onClose={() => setPlaced(null)}
        over={source.kind === 'live' ? 'live' : 'shop'}
      />
    </>
  )
}
