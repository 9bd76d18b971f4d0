import type { CouponCard } from '@kaibo/contract/offer/coupon'
import { newId } from '@kaibo/kernel/ids'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { Trouble } from '../../shell/trouble.tsx'
import { useSignedIn } from '../sign-in/sheet.tsx'
import { claimStateOf, isScarce } from './model.ts'
import { Ticket } from './ticket.tsx'

/** Coupons to claim now: of a shop, or of the platform. */
export const useCentre = (shopId?: string) =>
  useQueryOf(['coupon-centre', shopId], () => api.coupon.centre(shopId ? { shopId } : {}))

/** The coupons to claim, each with its one button; claiming never leaves the page. */
export function ClaimList({ shopId }: { shopId?: string }) {
  const t = useT()
  const { user } = useMe()
  const whenSignedIn = useSignedIn()
  const centre = useCentre(shopId)
  const mine = useQueryOf(['coupon-claims'], () => api.coupon.claimCounts(), {
    enabled: Boolean(user),
  })
  const claim = useActionOf((templateId: string) => api.coupon.claim({ templateId, id: newId() }), {
    refresh: [['coupon-centre'], ['coupon-claims'], ['coupons'], ['preview']],
    onDone: () => toast.success(t('coupon.claimedDone')),
  })
  if (!centre.data && centre.error)
    return <Trouble error={centre.error} onRetry={() => void centre.refetch()} />
  if (!centre.data) return <SkeletonList rows={4} />
  if (centre.data.items.length === 0)
    return (
      <Empty icon="gift" title={t('coupon.noneCentre')}>
        {t('coupon.noneCentreHint')}
      </Empty>
    )
  const counts = new Map(mine.data?.items.map(item => [item.templateId, item.count]))
  return (
    <ul className="ticket-list" aria-label={t('coupon.centre')}>
      {centre.data.items.map(card => (
        <li key={card.id}>
          <ClaimTicket
            card={card}
            claimedCount={counts.get(card.id) ?? 0}
            busy={claim.busy}
            onClaim={() => whenSignedIn(() => claim.run(card.id))}
          />
        </li>
      ))}
    </ul>
  )
}

type ClaimTicketProps = {
  card: CouponCard
  claimedCount: number
  busy: boolean
  onClaim: () => void
}

function ClaimTicket({ card, claimedCount, busy, onClaim }: ClaimTicketProps) {
  const t = useT()
  const format = useFormat()
  const state = claimStateOf(card, claimedCount)
  const { validity } = card
  const when =
    'days' in validity
      ? t('coupon.days', { days: validity.days })
      : t('coupon.until', { date: format.dateTime(validity.until) })
  const canClaim = state === 'open' || state === 'again'
  return (
    <Ticket of={card} when={when} isFaded={state === 'gone'}>
      {canClaim ? (
        <Button tone="primary" size="s" disabled={busy} onClick={onClaim}>
          {t(state === 'again' ? 'coupon.claimAgain' : 'coupon.claim')}
        </Button>
      ) : (
        <span className="ticket-done">
          {t(state === 'claimed' ? 'coupon.claimed' : 'coupon.gone')}
        </span>
      )}
      {canClaim && isScarce(card) && t('coupon.left', { count: card.leftCount })}
    </Ticket>
  )
}
