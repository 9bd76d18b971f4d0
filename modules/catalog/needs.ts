import type { Database, Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Classification } from '@kaibo/modules/classification'
import type { Files } from '@kaibo/modules/files'
import type { PriceHistory } from '@kaibo/modules/pricehistory'
import type { Reviews } from '@kaibo/modules/review'
import type { RichText } from '@kaibo/modules/richtext'
import type { Schedules } from '@kaibo/modules/schedule'
import type { Snapshots } from '@kaibo/modules/snapshot'
import type { Stock } from '@kaibo/modules/stock'

export type CatalogNeeds = {
  database: Database
  files: Pick<Files, 'requireFiles' | 'requireVideos' | 'urlOf'>
  stock: Pick<Stock, 'open' | 'levelsBySku'> & {
    /** Products of a shop of which at most so many of some SKU can be ordered. */
    productsWithin(db: Db, q: { shopId: Id; availableMax: number }): Promise<Id[]>
  }
  classification: Classification
  review: Pick<Reviews, 'submit' | 'withdraw' | 'verdictsOf'>
  snapshot: Snapshots
  pricehistory: PriceHistory
  schedule: Pick<Schedules, 'set' | 'timesOf'>
  richtext: RichText
  /** Whether the platform looks at products before they are sold; else approval comes by itself. */
  isReviewRequired: boolean
  /** Whether a shop has this freight template. */
  hasFreightTemplate(db: Db, q: { shopId: Id; id: Id }): Promise<boolean>
}
