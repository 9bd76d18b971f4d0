import type { LiveRoom, PlayUrls } from '@kaibo/contract/live'
import type { Bag, BagItem } from '@kaibo/contract/showcase'

/** What the room shows besides its picture. */
export type Scene = 'waiting' | 'live' | 'away' | 'ended'

export const sceneOf = (room: Pick<LiveRoom, 'state'>): Scene =>
  room.state === 'ready' ? 'waiting' : room.state

type PlayFacts = { running: PlayUrls | null; fresh: PlayUrls | null; isLost: boolean }

/**
 * The addresses to play from. Every answer of the server carries a new ticket, and another address
 * restarts the picture: as long as the stream runs, those that it began with stay.
 */
export function steadyPlay({ running, fresh, isLost }: PlayFacts): PlayUrls | null {
  if (!running || !fresh || isLost) return fresh
  return withoutTicket(running.flv) === withoutTicket(fresh.flv) ? running : fresh
}

const withoutTicket = (url: string): string | undefined => url.split('?')[0]

export type BagRow = { item: BagItem; isExplained: boolean; isSoldOut: boolean; isOff: boolean }

/** The bag in the order of the sheet: what is being explained first, then by number. */
export function bagRows(bag: Bag): BagRow[] {
  const explainedId = bag.explaining?.item.product.id
  return bag.items
    .map(item => ({
      item,
      isExplained: item.product.id === explainedId,
      isSoldOut: item.product.available <= 0,
      isOff: item.product.state !== 'on_shelf',
    }))
    .sort((a, b) => Number(b.isExplained) - Number(a.isExplained) || a.item.number - b.item.number)
}

/** New numbers for a bag: the cards of the products whose stock changed are asked anew. */
export const touchesBag = (
  bag: Bag | undefined,
  levels: readonly { productId: string }[],
): boolean =>
  bag?.items.some(({ product }) => levels.some(level => level.productId === product.id)) ?? false
