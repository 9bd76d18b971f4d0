import type { OrderSource } from '@kaibo/contract/trade/order'
import { api } from '@kaibo/ui/data/api.tsx'
import { type Entry, entered, parsedEntries, shareIdIn, sourceIn, unclaimed } from './model.ts'

const storageKey = 'kaibo.share-entries'

/** A browser that keeps nothing forgets by which link it came. */
function kept(): Entry[] {
  try {
    return parsedEntries(localStorage.getItem(storageKey))
  } catch {
    return []
  }
}

function keep(entries: readonly Entry[]): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(entries))
  } catch {
    // Private windows may refuse: the order then simply comes from the shop.
  }
}

/** Notes that a room was entered by the link that its address carries, if any. */
export async function enterBy(search: string, entry: Omit<Entry, 'shareId'>): Promise<void> {
  const shareId = shareIdIn(search)
  if (shareId) await tell({ ...entry, shareId })
}

/**
 * Tells the server by which link a room was entered, and keeps it when it counts: an order that names a
 * link which nobody made would be refused. When the server is not reached, nothing changes.
 */
async function tell(entry: Entry): Promise<void> {
  const { liveId, shareId } = entry
  const visit = await api.share.visit({ liveId, shareId }).catch(() => null)
  if (!visit) return
  const others = kept().filter(each => each.shareId !== shareId)
  keep(visit.isCounted ? entered(others, entry) : others)
}

/** Whoever signs in after they came, on whatever page, is a person who came. */
export async function claimEntries(): Promise<void> {
  for (const entry of unclaimed(kept(), Date.now())) await tell({ ...entry, isMine: true })
}

/** Where an order of a shop comes from when it is placed outside a room. */
export const sourceOutsideRoom = (shopId: string | undefined): OrderSource =>
  sourceIn(kept(), { shopId, nowMs: Date.now() })
