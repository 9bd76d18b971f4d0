import type { KeyObject } from 'node:crypto'
import type { Clock } from '@kaibo/kernel/clock'
import type { Bank, Notice } from './bank.ts'
import type { Fetch } from './in-process.ts'
import { signHeaders } from './signature.ts'

export type NotifierNeeds = {
  readonly bank: Bank
  readonly clock: Clock
  readonly bankKey: KeyObject
  readonly fetch: Fetch
}

const timeoutMs = 5_000
const noticesMax = 100

/**
 * Tells merchants about payments until they answer 200: at least once, so duplicates happen, as
 * with every real channel. Returns how many were sent.
 */
export async function sendNotices(needs: NotifierNeeds): Promise<number> {
  for (let sentCount = 0; sentCount < noticesMax; sentCount++) {
    const notice = await needs.bank.claimNotice()
    if (!notice) return sentCount
    const isHeard = await tell(needs, notice).catch(() => false)
    await needs.bank.finishNotice(notice, isHeard ? 'heard' : 'unheard')
  }
  return noticesMax
}

async function tell({ bank, clock, bankKey, fetch }: NotifierNeeds, notice: Notice) {
  const body = JSON.stringify(bank.viewOf(notice))
  const signed = signHeaders(bankKey, Buffer.from(body), clock.now())
  const answer = await fetch(notice.notifyUrl, {
    method: 'POST',
    headers: { ...signed, 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(timeoutMs),
  })
  await answer.arrayBuffer()
  return answer.status === 200
}
