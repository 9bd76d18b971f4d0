import { codeFor } from '../pages/sign-in.ts'

const dayMs = 86_400_000

/** A shop's owner offers a coupon without a threshold, as the console does: over the API. */
export async function offerCoupon(
  url: string,
  { ownerPhone, title, offFen }: { ownerPhone: string; title: string; offFen: number },
): Promise<void> {
  const call = async (method: string, path: string, given: { body?: object; token?: string }) => {
    const answer = await fetch(`${url}/api${path}`, {
      method,
      headers: {
        ...(given.body ? { 'content-type': 'application/json' } : {}),
        ...(given.token ? { authorization: `Bearer ${given.token}` } : {}),
      },
      ...(given.body ? { body: JSON.stringify(given.body) } : {}),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  await call('POST', '/auth/codes', { body: { phone: ownerPhone } })
  const code = await codeFor({ url, phone: ownerPhone })
  const session = { phone: ownerPhone, code, transport: 'bearer' }
  const { token, me } = await call('POST', '/auth/sessions', { body: session })
  const now = Date.now()
  await call('POST', `/shops/${me.shops[0].id}/coupon-templates`, {
    token,
    body: {
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
    },
  })
}
