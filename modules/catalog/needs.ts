import type { Database, Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Brands } from '@kaibo/modules/brand'
import type { Categories } from '@kaibo/modules/category'
import type { Files } from '@kaibo/modules/files'
import type { Qualifications } from '@kaibo/modules/qualification'
import type { Reviews } from '@kaibo/modules/review'
import type { Stock } from '@kaibo/modules/stock'
import type { Tags } from '@kaibo/modules/tag'

export type CatalogNeeds = {
  database: Database
  files: Pick<Files, 'requireFiles' | 'requireVideos' | 'urlOf'>
  stock: Pick<Stock, 'open' | 'levelsBySku'> & {
    /** Products of a shop of which at most so many of some SKU can be ordered. */
    productsWithin(db: Db, q: { shopId: Id; availableMax: number }): Promise<Id[]>
  }
  brand: Pick<Brands, 'brandsByIds'>
  category: Pick<Categories, 'categoriesByIds' | 'holdTree'>
  tag: Pick<Tags, 'tagsByIds'>
  qualification: Pick<Qualifications, 'missingTypes'>
  review: Pick<Reviews, 'submit' | 'withdraw' | 'verdictsOf'>
  /** Whether the platform looks at products before they are sold; else approval comes by itself. */
  isReviewRequired: boolean
  /** Whether a shop has this freight template. */
  hasFreightTemplate(db: Db, q: { shopId: Id; id: Id }): Promise<boolean>
}
