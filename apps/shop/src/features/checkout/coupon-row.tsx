import type { CouponChoice } from '@kaibo/contract/offer/price'
import { Tick } from '@kaibo/ui/choice/tick.tsx'
import { Button } from '@kaibo/ui/control/button.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { ListItem } from '@kaibo/ui/display/list.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useState } from 'react'
import type { Checkout } from './use-checkout.ts'

type CouponRowProps = { checkout: Checkout; coupons: readonly CouponChoice[] }

/** What coupons take off, and the way to choose others. */
export function CouponRow({ checkout, coupons }: CouponRowProps) {
  const t = useT()
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  const offFen = coupons.reduce((sum, each) => sum + (each.isChosen ? each.offFen : 0), 0)
  const usableCount = coupons.filter(isUsable).length
  const state =
    offFen > 0
      ? format.fen(-offFen)
      : usableCount > 0
        ? t('checkout.couponsUsable', { count: usableCount })
        : t('checkout.couponsNone')
  return (
    <>
      <ListItem
        lead={<Icon name="ticket" />}
        title={t('checkout.coupons')}
        trail={
          <span className="checkout-value" data-off={offFen > 0 || undefined}>
            {state} <Icon name="chevron" />
          </span>
        }
        onPress={() => setOpen(true)}
      />
      <Sheet
        open={isOpen}
        onClose={() => setOpen(false)}
        title={t('checkout.coupons')}
        theme="paper"
        side="end"
        tall
        footer={
          <div className="checkout-foot">
            <Button tone="quiet" onClick={() => checkout.chooseCoupons([])}>
              {t('checkout.couponsOff')}
            </Button>
            <Button tone="quiet" onClick={() => checkout.chooseCoupons(null)}>
              {t('checkout.couponsBest')}
            </Button>
            <Button tone="primary" onClick={() => setOpen(false)}>
              {t('checkout.couponsDone')}
            </Button>
          </div>
        }
      >
        <CouponLists coupons={coupons} onToggle={checkout.toggleCoupon} />
      </Sheet>
    </>
  )
}

/** One that only does not stack with what is chosen can take its place. */
const isUsable = ({ problem }: CouponChoice) => problem === null || problem === 'does_not_stack'

type CouponListsProps = { coupons: readonly CouponChoice[]; onToggle: (id: string) => void }

function CouponLists({ coupons, onToggle }: CouponListsProps) {
  const t = useT()
  const usable = coupons.filter(isUsable)
  const others = coupons.filter(coupon => !isUsable(coupon))
  if (coupons.length === 0) return <Empty icon="ticket" title={t('checkout.couponsEmpty')} />
  return (
    <div className="k-stack">
      {usable.length > 0 && (
        <ul className="checkout-coupons" aria-label={t('checkout.couponsCan')}>
          {usable.map(coupon => (
            <li key={coupon.id}>
              <div className="checkout-coupon">
                <Tick checked={coupon.isChosen} onChange={() => onToggle(coupon.id)}>
                  <CouponText coupon={coupon} />
                </Tick>
              </div>
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && <h3 className="checkout-subtitle">{t('checkout.couponsCannot')}</h3>}
      {others.length > 0 && (
        <ul className="checkout-coupons" aria-label={t('checkout.couponsCannot')}>
          {others.map(coupon => (
            <li key={coupon.id} className="checkout-coupon" data-unusable>
              <CouponText coupon={coupon} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function CouponText({ coupon }: { coupon: CouponChoice }) {
  const t = useT()
  const format = useFormat()
  const { problem, missingFen } = coupon
  return (
    <span className="checkout-coupon-text">
      {coupon.offFen > 0 && <Price fen={coupon.offFen} size="m" />}
      <strong>{coupon.title}</strong>
      <small className="k-muted">
        {t(coupon.shopId === null ? 'checkout.couponPlatform' : 'checkout.couponShop')}
        {problem && ' · '}
        {problem && t(`checkout.problem.${problem}`, { amount: format.fen(missingFen) })}
      </small>
    </span>
  )
}
