import type { OrderSource } from '@kaibo/contract/order'
import { type Entry, entered, parsedEntries, sourceIn } from './model.ts'

const storageKey = 'kaibo.share-entries'

/** A browser that keeps nothing forgets by which link it came. */
function kept(): Entry[] {
  try {
    return parsedEntries(localStorage.getItem(storageKey))
  } catch {
    return []
  }
}

export function keepEntry(entry: Entry): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(entered(kept(), entry)))
  } catch {
    // Private windows may refuse: the order then simply comes from the shop.
  }
}

/** Where an order of a shop comes from when it is placed outside a room. */
export const sourceOutsideRoom = (shopId: string | undefined): OrderSource =>
  sourceIn(kept(), { shopId, nowMs: Date.now() })
