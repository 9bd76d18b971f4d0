import { stockChanged } from '@kaibo/contract/goods/stock'
import type { CheckFinding, CheckReport } from '@kaibo/contract/trade/ledger'
import type { OrderState } from '@kaibo/contract/trade/order'
import type { Db, Tx } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'
import * as drift from './drift-store.ts'
import { shelfId } from './rules.ts'
import { availableOf, isShelf, release, type StockNeeds, ship } from './stock.ts'
import * as store from './store.ts'

/** How many levels without an explanation one report names, and how many stale holds. */
const findingsMax = 100
/** Orders looked at in one go, and goes. */
const ordersAtOnce = 1_000
const goesMax = 1_000

/** Something that does not add up, why, and what would mend it. */
type Flaw = CheckFinding & { mend: Mend | null }
type Mend =
  | { do: 'release'; orderId: Id }
  | { do: 'ship'; orderId: Id }
  | { do: 'level'; key: store.LevelKey }

/** Compares every level with its log and with what orders hold, and says what explains a difference. */
export async function check(needs: StockNeeds, db: Db): Promise<CheckReport> {
  const flaws = await flawsIn(needs, db)
  const { rows } = await sql<{ levelCount: number }>`
    select count(*) as "levelCount" from stock_level`.execute(db)
  return {
    ok: flaws.length === 0,
    checks: [{ name: 'stock.levels', rows: rows[0]?.levelCount ?? 0 }],
    findings: flaws.map(({ mend: _, ...finding }) => finding),
  }
}

/**
 * Mends what {@link check} found and can be mended; only when somebody asks for it. Levels are set to
 * what their movements say; holds of orders that are over are ended as those orders ended. Returns
 * what it did.
 */
export async function repair(needs: StockNeeds): Promise<string[]> {
  const { database } = needs
  const done: string[] = []
  for (const { mend, subject, repair: says } of await flawsIn(needs, database.db)) {
    if (!mend) continue
    await database.tx(tx => apply(tx, mend))
    done.push(`${subject}: ${says}`)
  }
  return done
}

async function apply(tx: Tx, mend: Mend): Promise<void> {
  if (mend.do === 'release') return release(tx, [mend.orderId])
  if (mend.do === 'ship') return ship(tx, [mend.orderId])
  await store.lockLevels(tx, [mend.key])
  await drift.setToLog(tx, mend.key)
  const [level] = await store.lockLevels(tx, [mend.key])
  if (!level || !isShelf(level)) return
  const { shopId, skuId, productId } = level
  const levels = [{ skuId, productId, available: availableOf(level) }]
  await publish(tx, stockChanged, { shopId, levels })
}

async function flawsIn(needs: StockNeeds, db: Db): Promise<Flaw[]> {
  const stale = await staleHolds(needs, db)
  const drifts = await drift.findDrift(db, findingsMax)
  const levels: Flaw[] = []
  for (const each of drifts) levels.push(await explainDrift(db, each))
  return [...levels, ...stale]
}

async function explainDrift(db: Db, each: drift.Drift): Promise<Flaw> {
  const { onHand, reserved, loggedOnHand, loggedReserved, openHolds, brokenAt } = each
  const isLevelOff = onHand !== loggedOnHand || reserved !== loggedReserved
  const whys = [
    isLevelOff && (await levelWhy(db, each)),
    brokenAt !== null && (await breakWhy(db, each, brokenAt)),
    loggedReserved !== openHolds && `movements reserve ${loggedReserved}, orders hold ${openHolds}`,
  ]
  return {
    check: 'stock.levels',
    subject: subjectOf(each),
    expected: `on hand ${loggedOnHand}, reserved ${loggedReserved} by movements; ${openHolds} held by orders`,
    found: `on hand ${onHand}, reserved ${reserved}`,
    why: whys.filter(why => why !== false).join('; '),
    ...(isLevelOff
      ? {
          repair: `set the level to its movements: on hand ${loggedOnHand}, reserved ${loggedReserved}`,
          mend: { do: 'level', key: { skuId: each.skuId, poolId: each.poolId } },
        }
      : { repair: 'count it and correct by a stock-take: the log itself is damaged', mend: null }),
  }
}

const subjectOf = ({ skuId, poolId }: store.LevelKey) =>
  poolId === shelfId ? `sku ${skuId}` : `sku ${skuId} in pool ${poolId}`
const signed = (count: number) => (count > 0 ? `+${count}` : String(count))

async function levelWhy(db: Db, each: drift.Drift): Promise<string> {
  const { step } = await drift.stepsAt(db, each, null)
  const since = step
    ? `after movement #${step.sequence} (${step.reason} by ${step.causeId}, ${step.at.toISOString()})`
    : 'although it has no movement'
  const [onHand, reserved] = [
    each.onHand - each.loggedOnHand,
    each.reserved - each.loggedReserved,
  ].map(signed)
  return `the level was changed without a movement ${since}: on hand ${onHand}, reserved ${reserved}`
}

async function breakWhy(db: Db, key: store.LevelKey, sequence: number): Promise<string> {
  const { step, before } = await drift.stepsAt(db, key, sequence)
  if (!step) return `the log breaks at #${sequence}`
  const onHand = step.onHandAfter - step.onHandDelta - (before?.onHandAfter ?? 0)
  const reserved = step.reservedAfter - step.reservedDelta - (before?.reservedAfter ?? 0)
  const from = before ? `between #${before.sequence} and` : 'before'
  return `the log breaks ${from} #${sequence} (${step.reason} by ${step.causeId}): something that moved on hand ${signed(onHand)}, reserved ${signed(reserved)} is missing or was changed`
}

/** How a hold should have ended, by what became of its order; null while it may go on. */
const endOf = (state: OrderState | undefined): 'release' | 'ship' | null => {
  if (state === undefined || state === 'closed') return 'release'
  return state === 'shipped' || state === 'completed' ? 'ship' : null
}

/** Orders that are over, or never were, and still hold goods. */
async function staleHolds({ ordersOf }: StockNeeds, db: Db): Promise<Flaw[]> {
  if (!ordersOf) return []
  const flaws: Flaw[] = []
  let afterId: Id | null = null
  for (let go = 0; go < goesMax && flaws.length < findingsMax; go++) {
    const holds: drift.OpenHold[] = await drift.openHoldsAfter(db, { afterId, limit: ordersAtOnce })
    if (holds.length === 0) break
    const orderIds = [...new Set(holds.map(hold => hold.orderId))]
    const standings = await ordersOf(db, orderIds)
    for (const hold of holds) {
      const standing = standings.get(hold.orderId)
      const end = endOf(standing?.state)
      if (end) flaws.push(staleFlaw(hold, { end, standing }))
    }
    afterId = orderIds.at(-1) ?? null
  }
  return flaws.slice(0, findingsMax)
}

type Ended = { end: 'release' | 'ship'; standing: { number: string; state: string } | undefined }

function staleFlaw({ orderId, quantity, ...key }: drift.OpenHold, { end, standing }: Ended): Flaw {
  const order = standing ? `order ${standing.number} is ${standing.state}` : `no order ${orderId}`
  return {
    check: 'stock.levels',
    subject: subjectOf(key),
    expected: `nothing held: ${order}`,
    found: `${quantity} held by it`,
    why: `the movement "${end}" of ${orderId} is missing`,
    repair: `write the movement: ${end} ${quantity} for ${orderId}`,
    mend: { do: end, orderId },
  }
}
