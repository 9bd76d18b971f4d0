import type { KeyObject } from 'node:crypto'
import type { Edge, EdgeReply } from '@kaibo/contract/core/edge'
import type { Clock } from '@kaibo/kernel/clock'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import type { Bank } from './bank.ts'
import { BillCall, NewTradeCall, RefundCall, TradeCall } from './protocol.ts'
import { isSignedBy, signHeaders } from './signature.ts'
import type { TradeRow } from './store.ts'

export type BankEdgeNeeds = {
  readonly bank: Bank
  readonly clock: Clock
  readonly merchantKey: KeyObject
  readonly bankKey: KeyObject
}

type Answer = { readonly status: number; readonly body: object }

/** The bank's interface for merchants: signed calls in, signed answers out. */
export function bankEdges({ bank, clock, merchantKey, bankKey }: BankEdgeNeeds): Edge[] {
  const signed = ({ status, body }: Answer): EdgeReply => {
    const text = JSON.stringify(body)
    const headers = signHeaders(bankKey, Buffer.from(text), clock.now())
    return { status, contentType: 'application/json', body: text, headers }
  }

  const call = <S extends TSchema>(
    name: string,
    schema: S,
    run: (input: Static<S>) => Promise<Answer>,
  ): Edge => ({
    method: 'POST',
    path: `/sandbox/v1/${name}`,
    async handle({ headers, rawBody: body }) {
      if (!isSignedBy(merchantKey, { headers, body, now: clock.now() }))
        return signed(refusal(401, 'bad_signature'))
      const input = parse(schema, body)
      return signed(input === undefined ? refusal(400, 'bad_request') : await run(input))
    },
  })

  const tradeAnswer = (row: TradeRow | undefined): Answer =>
    row ? { status: 200, body: bank.viewOf(row) } : refusal(404, 'no_such_trade')

  return [
    call('create', NewTradeCall, async trade => {
      const row = await bank.create(trade)
      return row?.amountFen === trade.amountFen ? tradeAnswer(row) : refusal(409, 'trade_differs')
    }),
    call('query', TradeCall, async ({ tradeNo }) => tradeAnswer(await bank.find(tradeNo))),
    call('close', TradeCall, async ({ tradeNo }) => tradeAnswer(await bank.close(tradeNo))),
    call('refund', RefundCall, async refund => {
      const row = await bank.refund(refund)
      return row === 'refused' ? refusal(409, 'refund_refused') : tradeAnswer(row)
    }),
    call('bill', BillCall, async page => {
      const rows = await bank.bill(page)
      return { status: 200, body: { rows: rows.map(bank.viewOf) } }
    }),
  ]
}

const refusal = (status: number, error: string): Answer => ({ status, body: { error } })

function parse<S extends TSchema>(schema: S, body: Uint8Array): Static<S> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
    return Value.Check(schema, value) ? value : undefined
  } catch {
    return undefined
  }
}
