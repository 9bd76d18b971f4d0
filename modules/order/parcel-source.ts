import type { Parcel } from '@kaibo/contract/trade/ship'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'

/** The slot through which an order shows its parcels, oldest first; `ship` fills it. */
export type ParcelSource = (db: Db, orderIds: readonly Id[]) => Promise<Map<Id, Parcel[]>>
