import { type Static, Type } from 'typebox'

/** Calls of the merchant to the bank, all `POST /sandbox/v1/<name>` with a signed JSON body. */
const TradeNo = Type.String({ pattern: '^[0-9a-f]{32}$' })
const Amount = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
const Instant = Type.String({ format: 'date-time' })

const call = <P extends Parameters<typeof Type.Object>[0]>(fields: P) =>
  Type.Object(fields, { additionalProperties: false })

export const NewTradeCall = call({
  tradeNo: TradeNo,
  amountFen: Amount,
  subject: Type.String({ maxLength: 200 }),
  notifyUrl: Type.String({ maxLength: 300 }),
  expiresAt: Instant,
})
export type NewTradeCall = Static<typeof NewTradeCall>
export const TradeCall = call({ tradeNo: TradeNo })
export const RefundCall = call({
  tradeNo: TradeNo,
  /** The merchant's number of this refund: the same one again changes nothing. */
  refundNo: Type.String({ pattern: '^[0-9a-f]{1,64}$' }),
  amountFen: Amount,
})
export type RefundCall = Static<typeof RefundCall>
export const BillCall = call({
  after: Type.Union([Type.String(), Type.Null()]),
  limit: Type.Integer({ minimum: 1, maximum: 1_000 }),
})

/** A trade as the bank tells it: in answers and in notifications. */
export const Trade = Type.Object({
  tradeNo: TradeNo,
  channelTradeNo: Type.String(),
  amountFen: Amount,
  refundedFen: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  state: Type.Union([
    Type.Literal('pending'),
    Type.Literal('paid'),
    Type.Literal('closed'),
    Type.Literal('refunded'),
  ]),
  paidAt: Type.Union([Instant, Type.Null()]),
  cashierUrl: Type.String(),
})
export type Trade = Static<typeof Trade>
export const Bill = Type.Object({ rows: Type.Array(Trade) })
/** Why the bank does not do what it was asked, signed like every answer. */
export const Refusal = Type.Object({ error: Type.String() })
