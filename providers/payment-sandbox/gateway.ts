import type { KeyObject } from 'node:crypto'
import { fail } from '@kaibo/contract/fail'
import type { Clock } from '@kaibo/kernel/clock'
import { fen } from '@kaibo/kernel/money'
import type { PaymentGateway, VerifiedPayment } from '@kaibo/modules/pay'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { Bill, Trade } from './protocol.ts'
import { isSignedBy, signHeaders } from './signature.ts'

export type SandboxGatewayNeeds = {
  readonly clock: Clock
  readonly merchantKey: KeyObject
  /** The bank's public key: nothing that it did not sign is believed. */
  readonly bankKey: KeyObject
  /** Where the bank answers. */
  readonly baseUrl: string
  readonly fetch: typeof globalThis.fetch
}

const timeoutMs = 5_000

/** The merchant's side of the sandbox channel: what a production adapter looks like. */
export function createSandboxGateway(needs: SandboxGatewayNeeds): PaymentGateway {
  async function call<S extends TSchema>(
    name: string,
    schema: S,
    input: object,
  ): Promise<Static<S>> {
    const body = JSON.stringify(input)
    const signed = signHeaders(needs.merchantKey, Buffer.from(body), needs.clock.now())
    const answer = await needs
      .fetch(`${needs.baseUrl}/sandbox/v1/${name}`, {
        method: 'POST',
        headers: { ...signed, 'content-type': 'application/json' },
        body,
        signal: AbortSignal.timeout(timeoutMs),
      })
      .catch(() => null)
    const bytes = new Uint8Array((await answer?.arrayBuffer().catch(() => null)) ?? [])
    const headers = Object.fromEntries(answer?.headers ?? [])
    // An answer that is not signed is no answer: never book money on it.
    const isTrue = isSignedBy(needs.bankKey, { headers, body: bytes, now: needs.clock.now() })
    if (!answer?.ok || !isTrue)
      throw fail('pay.channel_down', { call: name, status: answer?.status ?? 0 })
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    if (!Value.Check(schema, value)) throw fail('pay.channel_down', { call: name })
    return value
  }

  return {
    id: 'sandbox',
    async create(trade) {
      const { cashierUrl } = await call('create', Trade, {
        ...trade,
        expiresAt: trade.expiresAt.toISOString(),
      })
      return { cashierUrl }
    },
    async query(tradeNo) {
      const trade = await call('query', Trade, { tradeNo })
      if (trade.state === 'pending' || trade.state === 'closed') return { state: trade.state }
      return { state: 'paid', ...verifiedOf(trade) }
    },
    async close(tradeNo) {
      const { state } = await call('close', Trade, { tradeNo })
      return state === 'closed' ? 'closed' : 'paid'
    },
    async refund({ tradeNo, amountFen }) {
      const { state } = await call('refund', Trade, { tradeNo, amountFen })
      return state === 'refunded' ? 'done' : 'pending'
    },
    async verify({ headers, rawBody }) {
      if (!isSignedBy(needs.bankKey, { headers, body: rawBody, now: needs.clock.now() })) {
        throw fail('pay.bad_signature')
      }
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
      const { rows } = await call('bill', Bill, page)
      return rows.map(row => ({
        tradeNo: row.tradeNo,
        amountFen: fen(row.amountFen),
        state: row.state === 'refunded' ? 'refunded' : 'paid',
      }))
    },
  }
}

const verifiedOf = (trade: Trade): VerifiedPayment => ({
  tradeNo: trade.tradeNo,
  channelTradeNo: trade.channelTradeNo,
  amountFen: fen(trade.amountFen),
  paidAt: new Date(trade.paidAt ?? 0),
})
