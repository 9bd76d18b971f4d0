import type { PersonalData } from '@kaibo/db/crypto'
import type { Database } from '@kaibo/db/database'
import type { Clock } from '@kaibo/kernel/clock'
import type { Catalog } from '@kaibo/modules/catalog'
import type { Orders } from '@kaibo/modules/order'
import type { Stock } from '@kaibo/modules/stock'

export type VirtualNeeds = {
  database: Database
  clock: Clock
  personal: Pick<PersonalData, 'sealPersonal' | 'openPersonal' | 'blindIndex'>
  catalog: Pick<Catalog, 'skusByIds'>
  stock: Pick<Stock, 'adjustAll' | 'levelsBySku'>
  order: Pick<Orders, 'virtualLines' | 'markDelivered'>
}
