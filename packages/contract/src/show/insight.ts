import { type Static, Type } from 'typebox'
import {
  ByShopAndId,
  Done,
  Id,
  Instant,
  Money,
  named,
  nullable,
  object,
  oneOf,
} from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'
import { liveStates } from './live.ts'

/** click = a product of the bag was opened · cart = it was put into the cart. */
export const signalKinds = ['click', 'cart'] as const
export type SignalKind = (typeof signalKinds)[number]

/** Signals in one batch; a person's product counts once a minute for each kind. */
export const signalsMax = 50

const Count = Type.Integer({ minimum: 0 })
/** Hundredths of a per cent. */
const Bps = Type.Integer({ minimum: 0, maximum: 10_000 })

/** What was done with goods of a room. */
const deeds = {
  clickCount: Count,
  cartCount: Count,
  /** Orders from this room that were ever paid. */
  orderCount: Count,
  /** What they paid, postage included except where it is of one product. */
  amountFen: Money,
}

const InsightProduct = named('InsightProduct', {
  productId: Id,
  title: Type.String(),
  pictureUrl: nullable(Type.String()),
  /** In the bag; null once it has left. */
  number: nullable(Type.Integer()),
  explainSec: Count,
  soldCount: Count,
  ...deeds,
})
export type InsightProduct = Static<typeof InsightProduct>

const InsightMinute = named('InsightMinute', {
  /** Its beginning. */
  at: Instant,
  /** Mean of connected people. */
  onlineCount: Count,
  ...deeds,
})
export type InsightMinute = Static<typeof InsightMinute>

/**
 * Why a product is suggested next, strongest first: carts_waiting = more put it into their carts
 * lately than bought · clicked_unexplained = opened, though never explained · sells_well = sells
 * best for its clicks · not_yet = nobody asked for anything, this was never explained · long_ago =
 * nobody asked for anything, this was explained longest ago.
 */
export const suggestionReasons = [
  'carts_waiting',
  'clicked_unexplained',
  'sells_well',
  'not_yet',
  'long_ago',
] as const
export type SuggestionReason = (typeof suggestionReasons)[number]

export const NextProduct = named('NextProduct', {
  productId: Id,
  title: Type.String(),
  number: Type.Integer(),
  reason: oneOf(suggestionReasons),
  /** The numbers behind it: of the last ten minutes, */
  recentClickCount: Count,
  recentCartCount: Count,
  recentOrderCount: Count,
  /** of the whole session, */
  clickCount: Count,
  orderCount: Count,
  /** and whole minutes since it was explained; null = never. */
  explainedAgoMin: nullable(Count),
})
export type NextProduct = Static<typeof NextProduct>

export const Insight = named('Insight', {
  liveId: Id,
  state: oneOf(liveStates),
  /** When it was counted: at most a second ago. */
  at: Instant,
  startedAt: nullable(Instant),
  endedAt: nullable(Instant),
  onlineCount: Count,
  peakOnlineCount: Count,
  /** Distinct people who came: accounts, or browsers that are not signed in. */
  viewerCount: Count,
  /** Of them: who wrote, voted, opened a product, put one into the cart. */
  activeCount: Count,
  /** Distinct buyers of the orders below. */
  buyerCount: Count,
  /** All viewers together watched so long; sampled every five seconds. */
  watchedSec: Count,
  /** `watchedSec / viewerCount`. */
  dwellSec: Count,
  /** `activeCount / viewerCount`. */
  interactionBps: Bps,
  /** `buyerCount / viewerCount`. */
  conversionBps: Bps,
  soldCount: Count,
  ...deeds,
  /** Those of the bag in its order, then those that have left it. */
  products: Type.Array(InsightProduct),
  /** Minutes in which something happened or somebody was there, oldest first. */
  minutes: Type.Array(InsightMinute),
  /** What to explain next; null when nothing can be sold, and after the end. */
  next: nullable(NextProduct),
})
export type Insight = Static<typeof Insight>

export const insightApi = {
  signals: endpoint({
    method: 'POST',
    path: '/live/:liveId/signals',
    summary: 'What I did with products of the bag, in batches; unknown products are left out',
    can: 'public',
    scope: 'self',
    rate: 'write',
    idempotency: 'natural',
    audit: 'none',
    params: object({ liveId: Id }),
    body: object({
      items: Type.Array(object({ kind: oneOf(signalKinds), productId: Id }), {
        minItems: 1,
        maxItems: signalsMax,
      }),
    }),
    reply: Done,
    errors: ['live.not_found'],
  }),
  view: endpoint({
    method: 'GET',
    path: '/shops/:shopId/live/:id/insight',
    summary: 'The numbers of a session of my shop, at most a second old, and what to explain next',
    can: 'room.assist',
    scope: 'shop',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ByShopAndId,
    reply: Insight,
    errors: ['live.not_found'],
  }),
}
