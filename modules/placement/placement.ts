import { requirePermission, requireUser } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor, UserActor } from '@kaibo/contract/core/permissions'
import type { Order, OrderPreview, PlaceOrder } from '@kaibo/contract/trade/order'
import { createGroup } from '@kaibo/db/group'
import { sqlState } from '@kaibo/db/log'
import { isFailure } from '@kaibo/kernel/fail'
import type { Id } from '@kaibo/kernel/ids'
import { type Fen, sumFen } from '@kaibo/kernel/money'
import type { Orders } from '@kaibo/modules/order'
import type { Price, Quote } from '@kaibo/modules/price'
import type { Stock } from '@kaibo/modules/stock'
import { createCommitLane, isOnes, type Outcome } from './commit.ts'
import * as decide from './decide.ts'
import { type Ask, type Basket, type FactNeeds, type Facts, loadFacts } from './facts.ts'
import { createNumbers } from './numbers.ts'
import { freshView, type SealNeeds, sealed } from './seal.ts'
import * as store from './store.ts'

export type PlacementNeeds = FactNeeds &
  SealNeeds & {
    order: Pick<Orders, 'viewsByIds'>
    price: Pick<Price, 'decide' | 'consume'>
    stock: Pick<Stock, 'poolLevels'>
    /** How many checkouts may wait at most. */
    queueMax?: number
  }

export type Checkouts = {
  /** What a basket costs now. Throws what placing it would, and `stock.sold_out`. */
  preview(actor: Actor, basket: Basket): Promise<OrderPreview>
  /**
   * Places the orders of a checkout under the ids they carry, all or none, and holds their goods
   * until they are paid or close. The same request again answers with the same orders; another one
   * under one of these ids throws `order.id_taken`. `order.busy`: nothing is known to be placed, and
   * the same request may be sent again.
   */
  place(actor: Actor, request: PlaceOrder): Promise<{ orders: Order[]; payableFen: Fen }>
}

/** Smaller than what may wait, so that one group is decided while another one is written. */
const factsSizeMax = 128
const queueMaxDefault = 5_000
/** A checkout whose id was in use by one that then came to nothing is sent again, so often. */
const attemptsMax = 3

/** Two lanes: facts are read for all who wait, each one is decided, and those are written together. */
export function createCheckouts(needs: PlacementNeeds): Checkouts {
  const { queueMax = queueMaxDefault } = needs
  const full = (queue: { place: number; waitMs: number }) =>
    fail('order.busy', { ...queue, retryAfterSec: Math.ceil(queue.waitMs / 1_000) || 1 })
  const facts = createGroup<Ask, Facts>({
    flush: asks => loadFacts(needs, asks),
    sizeMax: factsSizeMax,
    queueMax,
    full,
    // Whatever a module says of one request, or trips over: a read harms nobody when it is repeated.
    isOnes: error => isFailure(error) || isOnes(error) || sqlState(error) === undefined,
  })
  const commits = createCommitLane({ ...needs, queueMax, full })
  const numbers = createNumbers(needs)

  const attempt = async (buyer: UserActor, request: PlaceOrder) => {
    const requestHash = decide.requestHash(buyer.userId, request)
    const orderIds = request.orders.map(order => order.id)
    const known = await facts.ask({ buyerId: buyer.userId, basket: request, orderIds })
    if (orderIds.some(id => known.known.has(id))) return answerOf(needs, { orderIds, requestHash })
    const decision = decide.decideCheckout(needs.price, request, {
      facts: known,
      buyerId: buyer.userId,
      staffOf: buyer.shops.map(membership => membership.shopId),
    })
    const drawn = await numbers.take(decision.drafts.length)
    const drafts = sealed(needs, { decision, requestHash, numbers: drawn })
    const outcome = await commits.ask(store.parcel(drafts, decision.uses))
    if (outcome.is !== 'placed' && outcome.is !== 'unknown') numbers.giveBack(drawn)
    if (outcome.is === 'placed')
      return drafts.map(draft =>
        freshView(draft, {
          at: outcome.at,
          now: needs.clock.now(),
          receiver: decision.receiver,
          shopName: known.shopNames.get(draft.shopId) ?? '',
        }),
      )
    if (outcome.is === 'taken') return answerOf(needs, { orderIds, requestHash })
    throw refusalOf(outcome, drafts)
  }

  return {
    preview: async (actor, basket) => {
      const { userId: buyerId } = requireBuyer(actor)
      return previewOf(needs, basket, {
        buyerId,
        facts: await facts.ask({ buyerId, basket, orderIds: [] }),
      })
    },
    place: async (actor, request) => {
      const buyer = requireBuyer(actor)
      for (let tries = 0; tries < attemptsMax; tries++) {
        const orders = await attempt(buyer, request)
        if (orders.length > 0)
          return { orders, payableFen: sumFen(orders.map(order => order.payableFen)) }
      }
      throw fail('order.busy')
    },
  }
}

function requireBuyer(actor: Actor): UserActor {
  requirePermission(actor, 'order.buy')
  return requireUser(actor)
}

/** The orders that are there under these ids; none when there are none. Throws `order.id_taken`. */
async function answerOf(
  { database, order }: PlacementNeeds,
  { orderIds, requestHash }: { orderIds: readonly Id[]; requestHash: string },
): Promise<Order[]> {
  const known = await store.knownOrders(database, orderIds)
  if (known.length === 0) return []
  const hashOf = new Map(known.map(each => [each.id, each.requestHash]))
  if (orderIds.some(id => hashOf.get(id) !== requestHash)) throw fail('order.id_taken')
  return order.viewsByIds(orderIds)
}

function refusalOf(
  outcome: Exclude<Outcome, { is: 'placed' | 'taken' }>,
  drafts: readonly store.Draft[],
): Error {
  if (outcome.is === 'unknown') return fail('order.busy')
  if (outcome.is === 'refused') return fail(outcome.code)
  if (outcome.skuIds.length > 0) return fail('stock.sold_out', { skuIds: outcome.skuIds })
  const limited = drafts
    .flatMap(draft => draft.lines)
    .filter(line => line.limits.some(limit => outcome.limitIds.includes(limit.limitId)))
  return fail('price.limit_reached', { skuIds: [...new Set(limited.map(line => line.skuId))] })
}

async function previewOf(
  needs: PlacementNeeds,
  basket: Basket,
  { facts, buyerId }: { facts: Facts; buyerId: Id },
): Promise<OrderPreview> {
  const quote = decide.quoteOf(needs.price, basket, facts)
  await requireEnough(needs, quote)
  await requireWithinLimits(needs, quote, buyerId)
  const { shops, uses: _, ...rest } = quote
  return {
    ...rest,
    shops: shops.map(({ shopId, lines, ...totals }) => ({
      ...totals,
      lines: lines.map(({ poolId: _pool, limits: _limits, ...line }) => line),
      shop: { id: shopId, name: facts.shopNames.get(shopId) ?? '' },
    })),
    needsAddress: decide.needsAddress(quote, facts),
    noReturnSkuIds: decide.noReturnSkuIds(quote, facts),
  }
}

async function requireEnough({ database, stock }: PlacementNeeds, quote: Quote): Promise<void> {
  const lines = quote.shops.flatMap(shop => shop.lines)
  const skuIds = lines.filter(line => line.poolId === null).map(line => line.skuId)
  const poolIds = new Set(lines.map(line => line.poolId).filter(id => id !== null))
  const shelves = await stock.levelsBySku(database.db, skuIds)
  const pools = poolIds.size > 0 ? await stock.poolLevels(database.db, [...poolIds]) : []
  const left = new Map(pools.map(level => [`${level.skuId} ${level.poolId}`, level.available]))
  for (const [skuId, level] of shelves) left.set(`${skuId} null`, level.available)
  const short = lines.filter(({ skuId, poolId, quantity }) => {
    const key = `${skuId} ${poolId}`
    left.set(key, (left.get(key) ?? 0) - quantity)
    return (left.get(key) ?? 0) < 0
  })
  if (short.length > 0) throw fail('stock.sold_out', { skuIds: short.map(line => line.skuId) })
}

async function requireWithinLimits(
  { database }: PlacementNeeds,
  quote: Quote,
  buyerId: Id,
): Promise<void> {
  const lines = quote.shops.flatMap(shop => shop.lines).filter(line => line.limits.length > 0)
  if (lines.length === 0) return
  const limitIds = lines.flatMap(line => line.limits.map(limit => limit.limitId))
  const taken = await store.takenOf(database, { buyerId, limitIds })
  const over = lines.filter(({ limits, quantity }) =>
    limits.some(({ limitId, max }) => {
      taken.set(limitId, (taken.get(limitId) ?? 0) + quantity)
      return (taken.get(limitId) ?? 0) > max
    }),
  )
  if (over.length > 0) throw fail('price.limit_reached', { skuIds: over.map(line => line.skuId) })
}
