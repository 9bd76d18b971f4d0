import { callerOf } from './api.ts'

const dayMs = 86_400_000

/** A shop's owner offers a coupon without a threshold, as the console does: over the API. */
export async function offerCoupon(
  url: string,
  { ownerPhone, title, offFen }: { ownerPhone: string; title: string; offFen: number },
): Promise<void> {
  const { me, call } = await callerOf(url, ownerPhone)
  const now = Date.now()
  await call('POST', `/shops/${me.shops[0]?.id}/coupon-templates`, {
    id: crypto.randomUUID(),
    title,
    off: { fen: offFen },
    thresholdFen: 0,
    scope: { only: 'all', ids: [] },
    validity: { days: 7 },
    withActivity: true,
    totalCount: 100,
    perPersonMax: 1,
    claimFrom: new Date(now - dayMs).toISOString(),
    claimUntil: new Date(now + dayMs).toISOString(),
    group: '',
    code: null,
  })
}
