import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'

/** What search has to know of a product on the shelf. */
export type Listing = {
  productId: Id
  shopId: Id
  title: string
  subtitle: string
  brandId: Id | null
  /** Its name, and that in English. */
  brandNames: string[]
  /** From the root down to its own. */
  categoryIds: Id[]
  /** Of all of them, in every language. */
  categoryNames: string[]
  tagNames: string[]
  priceFromFen: Fen
  priceToFen: Fen
  listedAt: Date
}

/** Where listings come from. */
export type ListingSource = {
  /** What of these is on the shelf, in no order. */
  listingsByIds(db: Db, ids: readonly Id[]): Promise<Listing[]>
  /** Ids on the shelf, ascending, from after `afterId`. */
  listedIdsAfter(db: Db, q: { afterId: Id | null; limit: number }): Promise<Id[]>
}
