import type { KeyObject } from 'node:crypto'
import { fail } from '@kaibo/contract/core/fail'
import type { Clock } from '@kaibo/kernel/clock'
import { fen } from '@kaibo/kernel/money'
import type { PaymentGateway, VerifiedPayment } from '@kaibo/modules/pay'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import type { Fetch } from './in-process.ts'
import { Bill, Refusal, Trade } from './protocol.ts'
import { isSignedBy, signHeaders } from './signature.ts'

export type SandboxGatewayNeeds = {
  readonly clock: Clock
  readonly merchantKey: KeyObject
  /** The bank's public key: nothing that it did not sign is believed. */
  readonly bankKey: KeyObject
  /** Where the bank answers. */
  readonly baseUrl: string
  readonly fetch: Fetch
}

/** The merchant's side of the sandbox channel: what a production adapter looks like. */
export function createSandboxGateway(needs: SandboxGatewayNeeds): PaymentGateway {
  const { bankKey, clock } = needs
  const ask = async (name: string, input: object): Promise<Trade | null> => {
    const { status, body } = await call(needs, name, input)
    return status === 404 ? null : shaped(Trade, { status, body })
  }
  return {
    id: 'sandbox',
    async create(trade) {
      const input = { ...trade, expiresAt: trade.expiresAt.toISOString() }
      const { cashierUrl } = shaped(Trade, await call(needs, 'create', input))
      return { cashierUrl }
    },
    async query(tradeNo) {
      const trade = await ask('query', { tradeNo })
      if (!trade) return { state: 'unknown' }
      if (trade.state === 'pending' || trade.state === 'closed') return { state: trade.state }
      return { state: 'paid', ...verifiedOf(trade) }
    },
    async close(tradeNo) {
      const trade = await ask('close', { tradeNo })
      return !trade || trade.state === 'closed' ? 'closed' : 'paid'
    },
    async refund({ tradeNo, refundNo, amountFen }) {
      // Anything but a trade in answer is a refusal, and thrown.
      shaped(Trade, await call(needs, 'refund', { tradeNo, refundNo, amountFen }))
      return 'done'
    },
    async verify({ headers, rawBody }) {
      if (!isSignedBy(bankKey, { headers, body: rawBody, now: clock.now() }))
        throw fail('pay.bad_signature')
      const value: unknown = JSON.parse(Buffer.from(rawBody).toString('utf8'))
      if (!Value.Check(Trade, value) || value.state !== 'paid') throw fail('request.invalid')
      return verifiedOf(value)
    },
    accepted: {
      status: 200,
      contentType: 'application/json',
      body: JSON.stringify({ code: 'SUCCESS' }),
    },
    async bill(page) {
      const { rows } = shaped(Bill, await call(needs, 'bill', page))
      return rows.map(({ tradeNo, amountFen, refundedFen }) => ({
        tradeNo,
        amountFen: fen(amountFen),
        refundedFen: fen(refundedFen),
      }))
    },
  }
}

const timeoutMs = 5_000

type Answer = { readonly status: number; readonly body: unknown }

/** Asks the bank. An answer that is not signed is no answer: never book money on it. */
async function call(needs: SandboxGatewayNeeds, name: string, input: object): Promise<Answer> {
  const { merchantKey, bankKey, clock } = needs
  const body = JSON.stringify(input)
  const signed = signHeaders(merchantKey, Buffer.from(body), clock.now())
  const url = `${needs.baseUrl}/sandbox/v1/${name}`
  const answer = await post(needs.fetch, url, { headers: signed, body }).catch(() => null)
  if (!answer || !isSignedBy(bankKey, { ...answer, now: clock.now() }))
    throw fail('pay.channel_down', { call: name, status: answer?.status ?? 0 })
  return { status: answer.status, body: JSON.parse(Buffer.from(answer.body).toString('utf8')) }
}

async function post(fetch: Fetch, url: string, message: { headers: object; body: string }) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { ...message.headers, 'content-type': 'application/json' },
    body: message.body,
    signal: AbortSignal.timeout(timeoutMs),
  })
  const body = new Uint8Array(await answer.arrayBuffer())
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body }
}

/** The answer's body. A refusal is a mistake of ours, and no reason to ask again. */
function shaped<S extends TSchema>(schema: S, { status, body }: Answer): Static<S> {
  if (Value.Check(schema, body)) return body
  const error = Value.Check(Refusal, body) ? body.error : 'not understood'
  throw new Error(`the sandbox bank answered ${status}: ${error}`)
}

const verifiedOf = (trade: Trade): VerifiedPayment => ({
  tradeNo: trade.tradeNo,
  channelTradeNo: trade.channelTradeNo,
  amountFen: fen(trade.amountFen),
  paidAt: new Date(trade.paidAt ?? 0),
})
