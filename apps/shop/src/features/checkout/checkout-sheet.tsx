import type { Order } from '@kaibo/contract/order'
import { Button } from '@kaibo/ui/control/button.tsx'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { Trouble } from '../../shell/trouble.tsx'
import { useLast } from '../../shell/use-last.ts'
import { OrderLines } from '../orders/order-lines.tsx'
import { OrderSum } from '../orders/order-sum.tsx'
import { AddressPicker } from './address-picker.tsx'
import './checkout.css'
import type { Draft } from './model.ts'
import { useCheckout } from './use-checkout.ts'

type CheckoutSheetProps = {
  draft: Draft | null
  onClose: () => void
  onPlaced: (order: Order) => void
}

/** Address, goods, price, note: what the buyer agrees to. */
export function CheckoutSheet({ draft, onClose, onPlaced }: CheckoutSheetProps) {
  const t = useT()
  const checkout = useCheckout(useLast(draft), onPlaced)
  const { preview, error } = checkout
  return (
    <Sheet
      open={draft !== null}
      onClose={onClose}
      title={t('checkout.title')}
      theme="paper"
      side="end"
      tall
      footer={checkout.address && !error && <Foot checkout={checkout} />}
    >
      {error && <Trouble error={error} onRetry={checkout.retry} busy={checkout.isAsking} />}
      {!error && (!preview || !checkout.addresses) && <SkeletonList rows={3} />}
      {preview && checkout.addresses && (
        <div className="checkout">
          <AddressPicker
            addresses={checkout.addresses}
            chosen={checkout.address}
            onChoose={checkout.chooseAddress}
          />
          {preview.shops.map(part => (
            <section key={part.shop.id} className="checkout-goods" aria-label={part.shop.name}>
              <h3>{part.shop.name}</h3>
              <OrderLines lines={part.lines} />
              <OrderSum sum={part} />
            </section>
          ))}
          <TextField
            label={t('checkout.note')}
            optional
            maxLength={200}
            value={checkout.note}
            onChange={event => checkout.setNote(event.target.value)}
          />
        </div>
      )}
    </Sheet>
  )
}

/** Only when there is an address: before that, saving one is the next step. */
function Foot({ checkout }: { checkout: ReturnType<typeof useCheckout> }) {
  const t = useT()
  return (
    <div className="checkout-foot">
      {checkout.preview && <Price fen={checkout.preview.payableFen} size="l" />}
      <Button
        tone="primary"
        size="l"
        busy={checkout.isPlacing}
        disabled={!checkout.place}
        onClick={checkout.place}
      >
        {t('checkout.place')}
      </Button>
    </div>
  )
}
