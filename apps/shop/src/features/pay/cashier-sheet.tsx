import type { Order } from '@kaibo/contract/trade/order'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useState } from 'react'
import { useLast } from '../../shell/use-last.ts'
import { Cashier, Paid } from './cashier.tsx'

type CashierSheetProps = {
  /** To be paid together. */
  orders: readonly Pick<Order, 'id'>[] | null
  onClose: () => void
  /** What lies beneath, and where the buyer goes on afterwards. */
  over: 'live' | 'shop' | 'order'
}

/** The channel's own cashier, over the picture; closes the circle when the channel vouches. */
export function CashierSheet({ orders, onClose, over }: CashierSheetProps) {
  const t = useT()
  const orderIds = useLast(orders)?.map(order => order.id) ?? []
  const [paidId, setPaidId] = useState<string>()
  const [firstId] = orderIds
  const close = () => {
    if (orders && firstId !== paidId && over !== 'order') toast.show(t('cashier.later'))
    onClose()
  }
  return (
    <Sheet
      open={orders !== null}
      onClose={close}
      title={t('cashier.title')}
      theme="paper"
      side="end"
      tall
    >
      {firstId && (
        <Cashier key={firstId} orderIds={orderIds} onPaid={() => setPaidId(firstId)}>
          {amountFen => (
            <Paid amountFen={amountFen} orderIds={orderIds} back={over} onBack={close} />
          )}
        </Cashier>
      )}
    </Sheet>
  )
}
