import type { Order } from '@kaibo/contract/trade/order'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useLast } from '../../shell/use-last.ts'
import { CheckoutFoot, CheckoutForm, hasFoot } from './checkout-form.tsx'
import type { Draft } from './draft.ts'
import { useCheckout } from './use-checkout.ts'

type CheckoutSheetProps = {
  draft: Draft | null
  onDraft: (draft: Draft | null) => void
  onPlaced: (orders: readonly Order[]) => void
}

/** The checkout over whatever lies beneath, which goes on playing. */
export function CheckoutSheet({ draft, onDraft, onPlaced }: CheckoutSheetProps) {
  const t = useT()
  const shown = useLast(draft)
  const checkout = useCheckout(shown, onPlaced)
  return (
    <Sheet
      open={draft !== null}
      onClose={() => onDraft(null)}
      title={t('checkout.title')}
      theme="paper"
      side="end"
      tall
      footer={hasFoot(checkout) && <CheckoutFoot checkout={checkout} />}
    >
      {shown && <CheckoutForm draft={shown} checkout={checkout} onDraft={onDraft} />}
    </Sheet>
  )
}
