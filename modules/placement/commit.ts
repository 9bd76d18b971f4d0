import type { ErrorCode } from '@kaibo/contract/api'
import type { Database } from '@kaibo/db/database'
import { createGroup, type Group, type GroupOptions } from '@kaibo/db/group'
import { sqlState } from '@kaibo/db/log'
import { wakeOutbox } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import type { Price, RefusedOrder } from '@kaibo/modules/price'
import * as store from './store.ts'

/**
 * What became of a checkout. taken = one of its order ids is in use: look at the order that has it ·
 * unknown = the answer of the database was lost, and it was not there when it was looked for.
 */
export type Outcome =
  | { is: 'placed'; at: Date }
  | { is: 'taken' }
  | { is: 'short'; skuIds: Id[]; limitIds: Id[] }
  | { is: 'refused'; code: ErrorCode }
  | { is: 'unknown' }

type CommitNeeds = { database: Database; price: Pick<Price, 'consume'> }

/** More would make the first ones wait for the last without saving anybody a flush to disk. */
const groupSizeMax = 512

/** The one way in which orders come to be: those that are decided wait here for a commit they share. */
export const createCommitLane = (
  needs: CommitNeeds & Pick<GroupOptions<store.Parcelled, Outcome>, 'queueMax' | 'full'>,
): Group<store.Parcelled, Outcome> =>
  createGroup({
    flush: group => commitGroup(needs, group),
    sizeMax: groupSizeMax,
    queueMax: needs.queueMax,
    full: needs.full,
    isOnes,
  })

const attemptsMax = 5
/** Serialization failure, deadlock: nothing happened, and the next attempt may go through. */
const retryable = new Set(['40001', '40P01'])

/** An error of PostgreSQL that it told us of: nothing was written. Without one, who knows. */
const isRefusal = (error: unknown): boolean => {
  const state = sqlState(error) ?? ''
  return /^[0-9FHPX][0-9A-Z]{4}$/.test(state) && !/^(08|57P)/.test(state)
}

/** Whether it may be one member's fault: values that the database does not take, keys that are used. */
export const isOnes = (error: unknown): boolean => /^2[23]/.test(sqlState(error) ?? '')

/**
 * Places the checkouts of a group, each whole or not at all, with one commit for all of them, and
 * answers when they are on disk. Sent again, a checkout that is there is `taken`.
 */
async function commitGroup(
  needs: CommitNeeds,
  group: readonly store.Parcelled[],
): Promise<Outcome[]> {
  const seen = new Set<Id>()
  const members = group.filter(each => {
    const isFirst = each.orderIds.every(id => !seen.has(id))
    for (const id of each.orderIds) seen.add(id)
    return isFirst
  })
  const outcomes = await outcomesOf(needs, members).catch(async error => {
    if (isRefusal(error)) throw error
    return lookFor(needs.database, members)
  })
  wakeOutbox(needs.database)
  const outcomeOf = new Map(members.map((member, at) => [member, outcomes[at]]))
  return group.map(each => outcomeOf.get(each) ?? { is: 'taken' })
}

async function outcomesOf(
  needs: CommitNeeds,
  members: readonly store.Parcelled[],
): Promise<Outcome[]> {
  if (members.some(each => each.uses.length > 0)) return placeWithOffers(needs, members)
  for (let attempt = 1; ; attempt++) {
    try {
      return readOutcomes(members, await store.place(needs, members))
    } catch (error) {
      if (attempt === attemptsMax || !retryable.has(sqlState(error) ?? '')) throw error
    }
  }
}

class Refusals extends Error {
  readonly orders: readonly RefusedOrder[]
  constructor(orders: readonly RefusedOrder[]) {
    super('offers refused orders')
    this.orders = orders
  }
}

/**
 * Places, and uses up what the placed ones take of offers, in one transaction. Whoever is refused by
 * an offer leaves the group, and the rest begins anew, as if it had never been there: so nothing has
 * to be given back, and nobody is refused because of it.
 */
async function placeWithOffers(
  { database, price }: CommitNeeds,
  members: readonly store.Parcelled[],
): Promise<Outcome[]> {
  const refused = new Map<store.Parcelled, ErrorCode>()
  for (;;) {
    const rest = members.filter(member => !refused.has(member))
    try {
      const outcomes = await database.tx(async tx => {
        const decided = readOutcomes(rest, await store.place({ database, tx }, rest))
        const uses = rest.flatMap((each, at) => (decided[at]?.is === 'placed' ? each.uses : []))
        const refusals = await price.consume(tx, uses)
        if (refusals.length > 0) throw new Refusals(refusals)
        return decided
      })
      const outcomeOf = new Map(rest.map((member, at) => [member, outcomes[at]]))
      return members.map(member => {
        const code = refused.get(member)
        return code ? { is: 'refused', code } : (outcomeOf.get(member) ?? { is: 'unknown' })
      })
    } catch (error) {
      if (!(error instanceof Refusals)) throw error
      for (const { orderId, code } of error.orders) {
        const member = rest.find(each => each.orderIds.includes(orderId))
        if (member) refused.set(member, code)
      }
      if (!rest.some(member => refused.has(member))) throw error
    }
  }
}

function readOutcomes(members: readonly store.Parcelled[], placed: store.Placed): Outcome[] {
  const taken = new Set(placed.taken)
  const short = Map.groupBy(placed.short, each => each.checkout)
  const at = new Date(placed.at)
  return members.map((_, index) => {
    if (taken.has(index)) return { is: 'taken' }
    const lacking = short.get(index)
    if (!lacking) return { is: 'placed', at }
    const idsOf = (isLimit: boolean) => [
      ...new Set(lacking.filter(each => each.isLimit === isLimit).map(each => each.id)),
    ]
    return { is: 'short', skuIds: idsOf(false), limitIds: idsOf(true) }
  })
}

/** The connection is gone, and with it the answer: another one is asked for what is there. */
async function lookFor(
  database: Database,
  members: readonly store.Parcelled[],
): Promise<Outcome[]> {
  const ids = members.flatMap(member => member.orderIds)
  const known = await store.knownOrders(database, ids).catch(() => [])
  const there = new Set(known.map(order => order.id))
  return members.map(({ orderIds }) => ({
    is: orderIds.every(id => there.has(id)) ? 'taken' : 'unknown',
  }))
}
