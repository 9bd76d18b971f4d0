import type { KeyObject } from 'node:crypto'
import type { Clock } from '@kaibo/kernel/clock'
import type { Bank, TradeRow } from './bank.ts'
import { signHeaders } from './signature.ts'

export type NotifierNeeds = {
  readonly bank: Bank
  readonly clock: Clock
  readonly bankKey: KeyObject
  readonly fetch: typeof globalThis.fetch
}

const timeoutMs = 5_000
const notificationsMax = 100

/**
 * Tells merchants about payments until they answer 200: at least once, so duplicates happen, as
 * with every real channel. Returns how many were sent.
 */
export async function sendNotifications(needs: NotifierNeeds): Promise<number> {
  for (let sent = 0; sent < notificationsMax; sent++) {
    const row = await needs.bank.claimNotification()
    if (!row) return sent
    await needs.bank.notified(row, await tell(needs, row))
  }
  return notificationsMax
}

async function tell(
  { bank, clock, bankKey, fetch }: NotifierNeeds,
  row: TradeRow,
): Promise<boolean> {
  const body = JSON.stringify(bank.view(row))
  const headers = signHeaders(bankKey, Buffer.from(body), clock.now())
  const answer = await fetch(row.notify_url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(timeoutMs),
  }).catch(() => null)
  return answer?.status === 200
}
