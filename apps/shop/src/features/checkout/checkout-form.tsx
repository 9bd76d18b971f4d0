import type { OrderPreview } from '@kaibo/contract/trade/order'
import { Switch } from '@kaibo/ui/choice/switch.tsx'
import { Tick } from '@kaibo/ui/choice/tick.tsx'
import { Button } from '@kaibo/ui/control/button.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { List } from '@kaibo/ui/display/list.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { Trouble } from '../../shell/trouble.tsx'
import { savedFen } from '../price/model.ts'
import { AddressPicker } from './address-picker.tsx'
import { Blocked } from './blocked.tsx'
import { CouponRow } from './coupon-row.tsx'
import './checkout.css'
import { type Draft, without } from './draft.ts'
import { ShopPart } from './shop-part.tsx'
import type { Checkout } from './use-checkout.ts'

type CheckoutFormProps = {
  draft: Draft
  checkout: Checkout
  /** Goods were left out; null when none are left. */
  onDraft: (draft: Draft | null) => void
}

/** Address, goods, price, notes: what the buyer agrees to, on a page or over a picture. */
export function CheckoutForm({ draft, checkout, onDraft }: CheckoutFormProps) {
  const { preview, error, blocked, addresses } = checkout
  if (blocked) return <Blocked draft={draft} refusal={blocked} onDraft={onDraft} />
  if (error) return <Trouble error={error} onRetry={checkout.retry} busy={checkout.isAsking} />
  if (!preview || !addresses) return <SkeletonList rows={5} />
  const hasAddress = checkout.address || !preview.needsAddress
  const shippingIs = checkout.refusal ? 'refused' : hasAddress ? 'known' : 'later'
  return (
    <div className="checkout" aria-busy={checkout.isAsking}>
      {preview.needsAddress && (
        <AddressPicker
          addresses={addresses}
          chosen={checkout.address}
          onChoose={checkout.chooseAddress}
          refusal={checkout.refusal?.sentence}
        />
      )}
      {checkout.refusal && (
        <LeaveOut draft={draft} skuIds={checkout.refusal.skuIds} onDraft={onDraft} />
      )}
      {preview.shops.map(part => (
        <ShopPart
          key={part.shop.id}
          part={part}
          note={checkout.notes[part.shop.id] ?? ''}
          onNote={note => checkout.setNote(part.shop.id, note)}
          shippingIs={shippingIs}
          refusedSkuIds={checkout.refusal?.skuIds ?? []}
        />
      ))}
      <List inset>
        <CouponRow checkout={checkout} coupons={preview.coupons} />
      </List>
      <Points checkout={checkout} points={preview.points} />
      {checkout.noReturnIds.length > 0 && <NoReturn checkout={checkout} preview={preview} />}
    </div>
  )
}

type LeaveOutProps = {
  draft: Draft
  skuIds: readonly string[]
  onDraft: (draft: Draft) => void
}

/** Some goods are not sent there: the others can be. */
function LeaveOut({ draft, skuIds, onDraft }: LeaveOutProps) {
  const t = useT()
  const left = without(draft, skuIds)
  if (!left || left.lines.length === draft.lines.length) return null
  return (
    <Button tone="quiet" wide onClick={() => onDraft(left)}>
      {t('checkout.leaveOut', { count: draft.lines.length - left.lines.length })}
    </Button>
  )
}

type PointsProps = { checkout: Checkout; points: OrderPreview['points'] }

function Points({ checkout, points }: PointsProps) {
  const t = useT()
  const format = useFormat()
  if (points.balance === 0) return null
  const hint =
    points.used > 0
      ? t('checkout.pointsUsed', {
          count: format.number(points.used),
          amount: format.fen(points.offFen),
        })
      : t('checkout.pointsUsable', {
          count: format.number(points.usableMax),
          balance: format.number(points.balance),
        })
  return (
    <div className="k-card checkout-points">
      <Switch
        label={t('checkout.points')}
        hint={hint}
        checked={checkout.usesPoints}
        disabled={points.usableMax === 0 && !checkout.usesPoints}
        onChange={checkout.setUsesPoints}
      />
    </div>
  )
}

const agreementId = 'checkout-agreement'

/** R7: by-nature goods are confirmed at the purchase; the tick is never set for the buyer. */
function NoReturn({ checkout, preview }: { checkout: Checkout; preview: OrderPreview }) {
  const t = useT()
  const format = useFormat()
  const lines = preview.shops.flatMap(part => part.lines)
  const titles = new Set(
    lines.filter(line => checkout.noReturnIds.includes(line.skuId)).map(line => line.title),
  )
  return (
    <div id={agreementId} className="k-card checkout-agree">
      <Tick checked={checkout.agreesNoReturn} onChange={checkout.agreeNoReturn}>
        <span>
          {t('checkout.noReturn')}
          <small className="k-muted">{format.list(titles)}</small>
        </span>
      </Tick>
    </div>
  )
}

/** Before there is an address, saving one is the next step. */
export const hasFoot = ({ preview, error, address }: Checkout): boolean =>
  preview !== null && !error && (!preview.needsAddress || address !== undefined)

/** The total and the one button. */
export function CheckoutFoot({ checkout }: { checkout: Checkout }) {
  const t = useT()
  const { preview, movedFromFen } = checkout
  if (!preview) return null
  const askToAgree = () => {
    toast.show(t('checkout.agreeFirst'))
    document.getElementById(agreementId)?.querySelector('input')?.focus()
  }
  const offFen = savedFen(preview.shops.flatMap(part => part.lines))
  const isMoved = movedFromFen !== null && movedFromFen !== preview.payableFen
  return (
    <div className="checkout-foot">
      <div className="checkout-due" aria-live="polite">
        {isMoved && (
          <span className="checkout-warning">
            <Icon name="warning" /> {t('checkout.moved')}
          </span>
        )}
        <Price fen={preview.payableFen} size="l" wasFen={isMoved ? movedFromFen : undefined} />
        {offFen > 0 && <Saved fen={offFen} />}
      </div>
      <Button
        tone="primary"
        size="l"
        busy={checkout.isPlacing}
        disabled={!checkout.place}
        onClick={checkout.needsAgreement ? askToAgree : checkout.place}
      >
        {t('checkout.place')}
      </Button>
    </div>
  )
}

function Saved({ fen }: { fen: number }) {
  const t = useT()
  const format = useFormat()
  return (
    <small className="checkout-saved">{t('checkout.saved', { amount: format.fen(fen) })}</small>
  )
}
