import type { ErrorCode } from '@kaibo/contract/api'
import type { Database } from '@kaibo/db/database'
import { createGroup, type Group, type GroupOptions } from '@kaibo/db/group'
import { sqlState } from '@kaibo/db/log'
import { wakeOutbox } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import { invariant } from '@kaibo/kernel/invariant'
import type { Price, RefusedOrder } from '@kaibo/modules/price'
import { columnsOf } from './columns.ts'
import { type Unfit, unfitOf } from './fit.ts'
import * as store from './store.ts'

/**
 * What became of a checkout. taken = one of its order ids is in use: look at the order that has it ·
 * unknown = the answer of the database was lost, and it was not there when it was looked for.
 */
export type Outcome =
  | { is: 'placed'; at: Date }
  | Unfit
  | { is: 'refused'; code: ErrorCode }
  | { is: 'unknown' }

type LaneNeeds = { database: Database; price: Pick<Price, 'consume'> }
type CommitNeeds = LaneNeeds & { lane: Database }

/** More would make the first ones wait for the last without saving anybody a flush to disk. */
const groupSizeMax = 512
/** Smaller halves would cost more statements than they save time. */
const groupHalfMin = 64

/** Its functions plan once for each connection, which for arrays of any size means: row by row, by index. */
const settings = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
}

/** The one way in which orders come to be: those that are decided wait here for a commit they share. */
export function createCommitLane({
  queueMax,
  full,
  ...needs
}: LaneNeeds & Pick<GroupOptions<store.Parcelled, Outcome>, 'queueMax' | 'full'>): Group<
  store.Parcelled,
  Outcome
> {
  const lane = needs.database.beside({ poolMax: 1, settings })
  return createGroup({
    flush: group => commitGroup({ ...needs, lane }, group),
    sizeMax: groupSizeMax,
    halfMin: groupHalfMin,
    queueMax,
    full,
    isOnes,
  })
}

const attemptsMax = 5
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

/** Whoever cannot be placed leaves the group, and the rest begins anew, as if it had never been there. */
async function outcomesOf(
  needs: CommitNeeds,
  members: readonly store.Parcelled[],
): Promise<Outcome[]> {
  const outcomes = new Map<store.Parcelled, Outcome>()
  for (let attempt = 1; outcomes.size < members.length; ) {
    const rest = members.filter(member => !outcomes.has(member))
    const written = await write(needs, rest)
    if ('at' in written)
      for (const member of rest) outcomes.set(member, { is: 'placed', at: written.at })
    else if ('refused' in written) {
      // What the refused ones would have got may be enough for those who came too late.
      for (const [member, { is }] of outcomes) if (is === 'short') outcomes.delete(member)
      for (const [member, outcome] of written.refused) outcomes.set(member, outcome)
    } else {
      const unfit = unfitOf(rest, await store.look(needs.database, rest))
      for (const [member, outcome] of unfit) outcomes.set(member, outcome)
      // Somebody was faster between the look and the writing, or it is no matter of fitting.
      if (unfit.size === 0 && attempt++ === attemptsMax) throw written.conflict
    }
  }
  return members.map(member => outcomes.get(member) ?? { is: 'unknown' })
}

type Written =
  | { at: Date }
  /** Refused by offers, and nothing was written. */
  | { refused: Map<store.Parcelled, Outcome> }
  /** Somebody does not fit, or was in the way, and nothing was written. */
  | { conflict: unknown }

/** Too little of something, an id in use, serialization failure, deadlock. */
const conflicts = new Set(['KB001', '23505', '40001', '40P01'])

/** Rolls back. */
class Undone extends Error {
  readonly written: Written
  constructor(written: Written) {
    super('not all of it can be placed')
    this.written = written
  }
}

async function write(needs: CommitNeeds, group: readonly store.Parcelled[]): Promise<Written> {
  try {
    const isPlain = group.every(each => each.uses.length === 0)
    const columns = columnsOf(group)
    const at = isPlain
      ? await store.place(needs, columns)
      : await placeWithOffers(needs, group, columns)
    return at ? { at } : { conflict: new Error('not enough for all') }
  } catch (error) {
    if (error instanceof Undone) return error.written
    if (conflicts.has(sqlState(error) ?? '')) return { conflict: error }
    throw error
  }
}

/** Places, and uses up what the orders take of offers, in one transaction. */
const placeWithOffers = (
  { lane, price }: CommitNeeds,
  group: readonly store.Parcelled[],
  columns: ReturnType<typeof columnsOf>,
): Promise<Date | null> =>
  lane.tx(async tx => {
    const at = await store.place({ tx }, columns)
    if (!at) return null
    const refusals = await price.consume(
      tx,
      group.flatMap(each => each.uses),
    )
    if (refusals.length > 0) throw new Undone({ refused: refusedOf(group, refusals) })
    return at
  })

function refusedOf(
  group: readonly store.Parcelled[],
  refusals: readonly RefusedOrder[],
): Map<store.Parcelled, Outcome> {
  const codeOf = new Map(refusals.map(({ orderId, code }) => [orderId, code]))
  const refused = new Map<store.Parcelled, Outcome>()
  for (const member of group) {
    const code = member.orderIds.map(id => codeOf.get(id)).find(each => each !== undefined)
    if (code) refused.set(member, { is: 'refused', code })
  }
  invariant(refused.size > 0, 'offers refuse orders that they were asked about')
  return refused
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
