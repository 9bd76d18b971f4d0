import type { CouponCard } from '@kaibo/contract/offer/coupon'
import { newId } from '@kaibo/kernel/ids'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { List, ListItem } from '@kaibo/ui/display/list.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useState } from 'react'
import { useSignedIn } from '../sign-in/sheet.tsx'

const shownMax = 3

/** Coupons that can be claimed for this product; not there when there are none. */
export function Coupons({ coupons }: { coupons: readonly CouponCard[] }) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  if (coupons.length === 0) return null
  return (
    <>
      <button type="button" className="product-row" onClick={() => setOpen(true)}>
        <span className="product-row-name">{t('product.coupons')}</span>
        <span className="product-coupons">
          {coupons.slice(0, shownMax).map(coupon => (
            <span key={coupon.id} className="product-coupon">
              <CouponText coupon={coupon} />
            </span>
          ))}
        </span>
        <Icon name="chevron" />
      </button>
      <Sheet open={isOpen} onClose={() => setOpen(false)} title={t('product.coupons')} side="end">
        <List label={t('product.coupons')} inset>
          {coupons.map(coupon => (
            <CouponRow key={coupon.id} coupon={coupon} />
          ))}
        </List>
      </Sheet>
    </>
  )
}

function CouponRow({ coupon }: { coupon: CouponCard }) {
  const t = useT()
  const format = useFormat()
  const whenSignedIn = useSignedIn()
  const claim = useActionOf((id: string) => api.coupon.claim({ templateId: coupon.id, id }), {
    refresh: [['coupons'], ['coupon-centre']],
    onDone: () => toast.success(t('product.claimed')),
  })
  return (
    <ListItem
      title={<CouponText coupon={coupon} />}
      body={`${coupon.title} · ${t('product.until', { at: format.dateTime(coupon.claimUntil) })}`}
      trail={
        <Button
          tone="primary"
          size="s"
          busy={claim.busy}
          disabled={coupon.leftCount === 0}
          onClick={() => whenSignedIn(() => claim.run(newId()))}
        >
          {t(coupon.leftCount === 0 ? 'product.allClaimed' : 'product.claim')}
        </Button>
      }
    />
  )
}

/** `满 ¥100 减 ¥10` */
function CouponText({ coupon: { off, thresholdFen } }: { coupon: CouponCard }) {
  const t = useT()
  const format = useFormat()
  const what =
    'fen' in off
      ? t('product.rule.off', { amount: format.fen(off.fen) })
      : t('product.rule.share', { share: format.basisPoints(off.bps) })
  if (thresholdFen === 0) return what
  const met = t('product.rule.amount', { amount: format.fen(thresholdFen) })
  return t('product.rule.tier', { met, what })
}
