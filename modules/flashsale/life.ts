import { fail } from '@kaibo/contract/core/fail'
import { flashSaleMoved } from '@kaibo/contract/offer/flashsale'
import type { Database, Tx } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import { isFailure } from '@kaibo/kernel/fail'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Allotment, Stock } from '@kaibo/modules/stock'
import * as store from './store.ts'

export type LifeNeeds = { database: Database; stock: Pick<Stock, 'allot' | 'returnPool'> }

/** Quotas move into their pools so long before the start, so that the first second sells already. */
const leadSec = 2
/** Prices of a room outlive it so long; its tokens live longer. */
const graceSec = 300
/** Sales that one round of {@link advanceDue} moves. */
const dueMax = 50

export async function tell(tx: Tx, id: Id): Promise<void> {
  const { shopId, liveId } = must(await store.saleById(tx, id), 'a sale that moved')
  await publish(tx, flashSaleMoved, { activityId: id, shopId, liveId })
}

/** Takes goods off the shelf. Throws `flashsale.stock_short` when it has fewer. */
export async function allot(
  { stock }: Pick<LifeNeeds, 'stock'>,
  tx: Tx,
  allotments: readonly Allotment[],
): Promise<void> {
  await stock.allot(tx, allotments).catch((error: unknown) => {
    throw isFailure(error, 'stock.sold_out') ? fail('flashsale.stock_short', error.data) : error
  })
}

/** Starts a sale: its quota leaves the shelf. Throws `flashsale.stock_short`; again changes nothing. */
export async function begin(needs: LifeNeeds, tx: Tx, id: Id): Promise<void> {
  if (!(await store.moveSale(tx, id, 'start'))) return
  const items = await store.itemsOfSales(tx, [id])
  await allot(
    needs,
    tx,
    items.map(({ skuId, quota }) => ({ skuId, poolId: id, quantity: quota })),
  )
  await tell(tx, id)
}

/**
 * Ends a sale that runs, or cancels one that does not yet. What nobody ordered returns to the shelf
 * now, what orders still give back returns when they do. Again changes nothing.
 */
export async function stop({ stock }: LifeNeeds, tx: Tx, id: Id): Promise<void> {
  if (await store.moveSale(tx, id, 'end')) await stock.returnPool(tx, [id])
  else if (!(await store.moveSale(tx, id, 'cancel'))) return
  await tell(tx, id)
}

/** Starts, ends and cancels what is due by the database's clock. Returns how many sales it tried. */
export async function advanceDue(needs: LifeNeeds): Promise<number> {
  const due = await store.dueSales(needs.database.db, { leadSec, limit: dueMax })
  for (const { id, event } of due) {
    if (event === 'start') await tryBegin(needs, id)
    else await needs.database.tx(tx => stop(needs, tx, id))
  }
  return due.length
}

/** A sale that the shelf is too short for waits, marked, until there is enough. */
async function tryBegin(needs: LifeNeeds, id: Id): Promise<void> {
  try {
    await needs.database.tx(tx => begin(needs, tx, id))
  } catch (error) {
    if (!isFailure(error, 'flashsale.stock_short')) throw error
    await needs.database.tx(tx => store.markShort(tx, id))
  }
}

/**
 * The room is over, and with it the sales that were only in it (R42): who was in it may still check
 * out for a moment, unless the platform stopped it; what had not started is cancelled.
 */
export async function endOfRoom(
  needs: LifeNeeds,
  tx: Tx,
  { liveId, shopId, isStopped }: { liveId: Id; shopId: Id; isStopped: boolean },
): Promise<void> {
  await store.lockPlans(tx, shopId)
  for (const { id, state } of await store.openSalesOfRoom(tx, liveId)) {
    if (state === 'scheduled') await stop(needs, tx, id)
    else if (await store.endWithin(tx, id, isStopped ? 0 : graceSec)) await tell(tx, id)
  }
}
