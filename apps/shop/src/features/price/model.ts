import type { PricedLine, PricePart } from '@kaibo/contract/offer/price'

/** What took money off, added up over lines. */
export type Saving = { key: string; kind: PricePart['kind']; title: string; offFen: number }

type Lines = readonly Pick<PricedLine, 'parts' | 'listPriceFen' | 'quantity' | 'isGift'>[]

/** Gifts are shown as gifts, not as goods that became cheaper. */
const bought = (lines: Lines) => lines.filter(line => !line.isGift)

/** One entry per offer, the greatest first: what "discount" is made of. */
export function savingsOf(lines: Lines): Saving[] {
  const byOffer = new Map<string, Saving>()
  for (const { kind, offerId, title, offFen } of bought(lines).flatMap(line => line.parts)) {
    const key = `${kind} ${offerId ?? title}`
    byOffer.set(key, { key, kind, title, offFen: (byOffer.get(key)?.offFen ?? 0) + offFen })
  }
  return [...byOffer.values()].toSorted((a, b) => b.offFen - a.offFen)
}

/** What the goods would cost off the shelf. */
export const listFen = (lines: Lines): number =>
  bought(lines).reduce((sum, line) => sum + line.listPriceFen * line.quantity, 0)

/** What the offers take off together. */
export const savedFen = (lines: Lines): number =>
  savingsOf(lines).reduce((sum, saving) => sum + saving.offFen, 0)

/** Points are called by their kind; everything else has a name of its own. */
export const hasName = ({ kind }: Pick<Saving, 'kind'>): boolean => kind !== 'points'
