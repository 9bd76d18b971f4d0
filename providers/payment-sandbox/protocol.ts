import { Type } from 'typebox'

/** Calls of the merchant to the bank, all `POST /sandbox/v1/<name>` with a signed JSON body. */
export const NewTradeCall = Type.Object(
  {
    tradeNo: Type.String({ pattern: '^[0-9a-f]{32}$' }),
    amountFen: Type.Integer({ minimum: 1 }),
    subject: Type.String({ maxLength: 200 }),
    notifyUrl: Type.String({ maxLength: 300 }),
    expiresAt: Type.String(),
  },
  { additionalProperties: false },
)
export const TradeCall = Type.Object({ tradeNo: Type.String({ pattern: '^[0-9a-f]{32}$' }) })
export const RefundCall = Type.Object({
  tradeNo: Type.String({ pattern: '^[0-9a-f]{32}$' }),
  amountFen: Type.Integer({ minimum: 1 }),
})
export const BillCall = Type.Object({
  after: Type.Union([Type.String(), Type.Null()]),
  limit: Type.Integer({ minimum: 1, maximum: 1_000 }),
})

const states = Type.Union([
  Type.Literal('pending'),
  Type.Literal('paid'),
  Type.Literal('closed'),
  Type.Literal('refunded'),
])

/** A trade as the bank tells it: in answers and in notifications. */
export const Trade = Type.Object({
  tradeNo: Type.String(),
  channelTradeNo: Type.String(),
  amountFen: Type.Integer(),
  state: states,
  paidAt: Type.Union([Type.String(), Type.Null()]),
  cashierUrl: Type.String(),
})
export type Trade = Type.Static<typeof Trade>
export const Bill = Type.Object({ rows: Type.Array(Trade) })
