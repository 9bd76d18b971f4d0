import type { KeyObject } from 'node:crypto'
import type { Edge, EdgeReply, EdgeRequest } from '@kaibo/contract/edge'
import type { Clock } from '@kaibo/kernel/clock'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import type { Bank } from './bank.ts'
import { BillCall, NewTradeCall, RefundCall, TradeCall } from './protocol.ts'
import { isSignedBy, signHeaders } from './signature.ts'

export type BankEdgeNeeds = {
  readonly bank: Bank
  readonly clock: Clock
  readonly merchantKey: KeyObject
  readonly bankKey: KeyObject
}

/** The bank's interface for merchants: signed calls in, signed answers out. */
export function bankEdges(needs: BankEdgeNeeds): Edge[] {
  const { bank } = needs

  const answer = (status: number, body: unknown): EdgeReply => {
    const text = JSON.stringify(body)
    const headers = signHeaders(needs.bankKey, Buffer.from(text), needs.clock.now())
    return { status, contentType: 'application/json', body: text, headers }
  }

  const tradeAnswer = async (tradeNo: string) => {
    const row = await bank.find(tradeNo)
    return row ? answer(200, bank.view(row)) : answer(404, { error: 'no_such_trade' })
  }

  const call = <S extends TSchema>(
    name: string,
    schema: S,
    run: (input: Static<S>) => Promise<EdgeReply>,
  ): Edge => ({
    method: 'POST',
    path: `/sandbox/v1/${name}`,
    async handle(request: EdgeRequest) {
      const { headers, rawBody: body } = request
      if (!isSignedBy(needs.merchantKey, { headers, body, now: needs.clock.now() })) {
        return answer(401, { error: 'bad_signature' })
      }
      const input = parse(schema, body)
      return input === undefined ? answer(400, { error: 'bad_request' }) : run(input)
    },
  })

  return [
    call('create', NewTradeCall, async input => {
      const row = await bank.create(input)
      if (row?.amount_fen !== input.amountFen) return answer(409, { error: 'trade_differs' })
      return answer(200, bank.view(row))
    }),
    call('query', TradeCall, ({ tradeNo }) => tradeAnswer(tradeNo)),
    call('close', TradeCall, async ({ tradeNo }) => {
      await bank.close(tradeNo)
      return tradeAnswer(tradeNo)
    }),
    call('refund', RefundCall, async ({ tradeNo, amountFen }) => {
      const row = await bank.find(tradeNo)
      if (row?.amount_fen !== amountFen) return answer(409, { error: 'amount_differs' })
      await bank.refund(tradeNo)
      return tradeAnswer(tradeNo)
    }),
    call('bill', BillCall, async page =>
      answer(200, { rows: (await bank.bill(page)).map(bank.view) }),
    ),
  ]
}

function parse<S extends TSchema>(schema: S, body: Uint8Array): Static<S> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
    return Value.Check(schema, value) ? value : undefined
  } catch {
    return undefined
  }
}
