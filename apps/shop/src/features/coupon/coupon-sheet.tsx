import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { ClaimList } from './claim-list.tsx'

type CouponSheetProps = { open: boolean; onClose: () => void; shopId: string }

/** The shop's coupons over the picture: claimed without leaving the room. */
export function CouponSheet({ open, onClose, shopId }: CouponSheetProps) {
  const t = useT()
  return (
    <Sheet open={open} onClose={onClose} title={t('coupon.inShop')} theme="paper" side="end" tall>
      <ClaimList shopId={shopId} />
    </Sheet>
  )
}
