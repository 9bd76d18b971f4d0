import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Offer, OfferAsk, OfferSource, OfferUse, RefusedOrder } from './offer.ts'

/** The offers of all sources for each ask; sources are asked one after another, on one connection. */
export async function offersOf(
  sources: readonly OfferSource[],
  db: Db,
  asks: readonly OfferAsk[],
): Promise<Offer[][]> {
  const all: Offer[][] = asks.map(() => [])
  for (const source of sources)
    for (const [at, offers] of (await source.offersFor(db, asks)).entries())
      all[at]?.push(...offers)
  return all
}

/** In the order of the sources, so that two processes lock in the same order. */
export async function consumeAll(
  sources: readonly OfferSource[],
  tx: Tx,
  uses: readonly OfferUse[],
): Promise<RefusedOrder[]> {
  const refused: RefusedOrder[] = []
  if (uses.length > 0)
    for (const source of sources) refused.push(...((await source.consume?.(tx, uses)) ?? []))
  return refused
}

export async function releaseAll(
  sources: readonly OfferSource[],
  tx: Tx,
  orderIds: readonly Id[],
): Promise<void> {
  if (orderIds.length > 0) for (const source of sources) await source.release?.(tx, orderIds)
}
