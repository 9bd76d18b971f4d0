import type { Order, OrderSource } from '@kaibo/contract/order'
import { newId } from '@kaibo/kernel/ids'
import { useState } from 'react'
import { useSignedIn } from '../sign-in/sheet.tsx'
import { CashierSheet } from './cashier-sheet.tsx'
import { CheckoutSheet } from './checkout-sheet.tsx'
import type { Draft } from './model.ts'
import { ProductSheet } from './product-sheet.tsx'

export type Buying = { productId: string }

type BuySheetsProps = {
  buying: Buying | null
  onBuying: (buying: Buying | null) => void
  source: OrderSource
  /** The order stands; only paying is left. */
  onPlaced?: () => void
}

/** From a product to a paid order, sheet after sheet, over whatever page is beneath. */
export function BuySheets({ buying, onBuying, source, onPlaced }: BuySheetsProps) {
  const whenSignedIn = useSignedIn()
  const [draft, setDraft] = useState<Draft | null>(null)
  const [placed, setPlaced] = useState<Order | null>(null)
  return (
    <>
      <ProductSheet
        productId={buying?.productId ?? null}
        onClose={() => onBuying(null)}
        onBuy={line => whenSignedIn(() => setDraft({ id: newId(), lines: [line], source }))}
      />
      <CheckoutSheet
        draft={draft}
        onClose={() => setDraft(null)}
        onPlaced={order => {
          setDraft(null)
          onBuying(null)
          setPlaced(order)
          onPlaced?.()
        }}
      />
      <CashierSheet
        order={placed}
        onClose={() => setPlaced(null)}
        over={source.kind === 'live' ? 'live' : 'shop'}
      />
    </>
  )
}
