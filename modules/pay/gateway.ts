import type { Fen } from '@kaibo/kernel/money'

/** A trade that the channel vouches for with its signature. */
export type VerifiedPayment = {
  /** Our number. */
  readonly tradeNo: string
  /** The channel's number. */
  readonly channelTradeNo: string
  readonly amountFen: Fen
  readonly paidAt: Date
}

/** `unknown`: the channel never heard of the number, or not yet. */
export type TradeState =
  | { readonly state: 'unknown' | 'pending' | 'closed' }
  | ({ readonly state: 'paid' } & VerifiedPayment)

export type NewTrade = {
  readonly tradeNo: string
  readonly amountFen: Fen
  /** What the cashier shows. */
  readonly subject: string
  readonly notifyUrl: string
  readonly expiresAt: Date
}

export type Notification = {
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Exactly what arrived: signatures cover bytes. */
  readonly rawBody: Uint8Array
}

/** One line of a channel's own books: what `kaibo ledger-check` compares ours with. */
export type BillRow = {
  readonly tradeNo: string
  readonly amountFen: Fen
  /** What went back of it. */
  readonly refundedFen: Fen
}

/**
 * The slot for whoever takes the money. Every call may be repeated with the same numbers and answers
 * alike. A gateway throws `pay.channel_down` when the channel cannot be asked, never for a refusal.
 */
export type PaymentGateway = {
  /** The channel's name in addresses and accounts: `sandbox`, `wechat` … */
  readonly id: string
  create(trade: NewTrade): Promise<{ cashierUrl: string }>
  query(tradeNo: string): Promise<TradeState>
  /** Nobody can pay the trade any more, or somebody has; `closed` also when it is unknown. */
  close(tradeNo: string): Promise<'closed' | 'paid'>
  /** Gives a part of a paid trade back; each refund has its own number of 32 hex digits. */
  refund(refund: {
    tradeNo: string
    refundNo: string
    amountFen: Fen
    reason: string
  }): Promise<'done' | 'pending'>
  /** Verifies a notification. Throws `pay.bad_signature`. */
  verify(notification: Notification): Promise<VerifiedPayment>
  /** What the channel wants to hear; any other status makes it try again. */
  readonly accepted: {
    readonly status: number
    readonly contentType: string
    readonly body: string
  }
  /** The channel's books after a trade number, in its order. */
  bill(page: { after: string | null; limit: number }): Promise<BillRow[]>
}
