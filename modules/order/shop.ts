import { requireShop } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { ProductPage } from '@kaibo/contract/goods/catalog'
import type { Order, OrderEntry, OrderFlag, Receiver } from '@kaibo/contract/trade/order'
import type { PersonalData } from '@kaibo/db/crypto'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { PlainReceiver } from '@kaibo/modules/account'
import { setNote } from './change-store.ts'
import { advance, type Doing, type LifeNeeds } from './life.ts'
import { type ReceiverNeeds, setReceiver } from './receiver.ts'
import { type NewPrice, reprice } from './reprice.ts'
import * as store from './store.ts'
import { historyOf, openReceiver, pageOf, type ViewNeeds, viewOf, viewsOf } from './view.ts'

export type Owned = { shopId: Id; id: Id }

/** One order of a shop; receiver masked. Throws `order.not_found`. */
export async function viewOfShop(needs: ViewNeeds, actor: Actor, owned: Owned): Promise<Order> {
  requireShop(actor, 'order.manage', owned.shopId)
  return viewOf(needs, await orderOfShop(needs.database.db, owned), 'merchant')
}

/** The receiver in full; whoever calls has to record the look. Throws `order.not_found`. */
export async function reveal(needs: ViewNeeds, actor: Actor, owned: Owned): Promise<Receiver> {
  requireShop(actor, 'order.reveal', owned.shopId)
  const order = await orderOfShop(needs.database.db, owned)
  if (order.receiverSealed === null) throw fail('order.not_found')
  return openReceiver(needs.personal, order.receiverSealed)
}

/** What the merchant's desk does to orders; it has asked for permission. */
export type ShopSide = {
  /** Orders of a shop by id, in that order, receivers masked; those of others are missing. */
  views(q: { shopId: Id; ids: readonly Id[] }): Promise<Order[]>
  /** Their receivers in full; whoever calls has to record the look. */
  receivers(db: Db, q: { shopId: Id; ids: readonly Id[] }): Promise<Map<Id, Receiver>>
  /** Throws `order.not_found`. */
  history(owned: Owned): Promise<{ items: OrderEntry[] }>
  /** The page of a line as it was bought; see `pageOf`. */
  page(line: Owned & { lineId: Id }): Promise<ProductPage>
  /** Throws `order.not_found`. */
  setNote(tx: Tx, owned: Owned, note: { text: string; flag: OrderFlag }): Promise<void>
  /** Throws `order.not_found`, `order.wrong_state`. A paid order is refunded. */
  cancel(tx: Tx, owned: Owned, doing: Doing): Promise<void>
  /** See `decideNewPrice` and `order.not_found`, `order.wrong_state`. */
  setPrice(tx: Tx, owned: Owned, change: { price: NewPrice; doing: Doing }): Promise<void>
  /** Before any of it leaves, where sending costs the same. */
  setReceiver(
    tx: Tx,
    owned: Owned,
    change: { receiver: PlainReceiver; doing: Doing },
  ): Promise<void>
}

type ShopNeeds = LifeNeeds &
  ViewNeeds &
  ReceiverNeeds & { personal: Pick<PersonalData, 'openPersonal'> }

export const createShopSide = (needs: ShopNeeds): ShopSide => ({
  views: async q => {
    const found = await ordersOfShop(needs.database.db, q)
    return viewsOf(needs, found, 'merchant')
  },
  receivers: async (db, q) =>
    new Map(
      (await ordersOfShop(db, q)).flatMap(({ id, receiverSealed: sealed }) =>
        sealed === null ? [] : [[id, openReceiver(needs.personal, sealed)]],
      ),
    ),
  history: async owned => historyOf(needs, await orderOfShop(needs.database.db, owned)),
  page: async ({ lineId, ...owned }) => {
    const { id: orderId } = await orderOfShop(needs.database.db, owned)
    return pageOf(needs, { orderId, lineId })
  },
  setNote: async (tx, owned, note) => {
    if (!(await setNote(tx, owned, note))) throw fail('order.not_found')
  },
  cancel: async (tx, owned, doing) => {
    const { id } = await orderOfShop(tx, owned)
    await advance(needs, tx, { step: 'close', id, closeReason: 'merchant', doing })
  },
  setPrice: async (tx, owned, change) => {
    const { id } = await orderOfShop(tx, owned)
    await reprice(tx, { id, ...change })
  },
  setReceiver: async (tx, owned, change) => {
    const { id } = await orderOfShop(tx, owned)
    await setReceiver(needs, tx, { id, ...change })
  },
})

async function ordersOfShop(
  db: Db,
  { shopId, ids }: { shopId: Id; ids: readonly Id[] },
): Promise<store.OrderRow[]> {
  if (ids.length === 0) return []
  const found = new Map((await store.ordersByIds(db, ids)).map(row => [row.id, row]))
  return ids.flatMap(id => {
    const row = found.get(id)
    return row?.shopId === shopId ? [row] : []
  })
}

async function orderOfShop(db: Db, { shopId, id }: Owned): Promise<store.OrderRow> {
  const order = await store.orderById(db, id)
  if (order?.shopId !== shopId) throw fail('order.not_found')
  return order
}
