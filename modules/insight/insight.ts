import { requireShop } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { Insight } from '@kaibo/contract/show/insight'
import type { Recap } from '@kaibo/contract/show/live'
import type { Database, Db } from '@kaibo/db/database'
import type { Log } from '@kaibo/db/log'
import type { Clock } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import type { Catalog } from '@kaibo/modules/catalog'
import type { Live } from '@kaibo/modules/live'
import type { OrderDesk } from '@kaibo/modules/orderdesk'
import type { Showcase } from '@kaibo/modules/showcase'
import { createKept } from './kept.ts'
import * as store from './store.ts'
import { type Counted, insightOf } from './views.ts'

export type InsightNeeds = {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly live: Pick<Live, 'facts' | 'shopIdsOf' | 'audiences'>
  readonly showcase: Pick<Showcase, 'bagOf' | 'explainsOf' | 'productIdsOf'>
  readonly catalog: Pick<Catalog, 'cardsByIds'>
  readonly sales: Pick<OrderDesk, 'salesOf'>
}

/** The same numbers are shown to everybody at the desk for so long. */
const keptInsights = { keepMs: 1_000, entriesMax: 500 }
const recentSec = 600
/** Connected people are sampled in slots of this length. */
export const sampleEverySec = 5

/** Numbers of sessions, read from the tables and kept for a moment. */
export function createBoard(needs: InsightNeeds) {
  const kept = createKept<Insight>({ clock: needs.clock, ...keptInsights })
  return {
    /** Throws `live.not_found`. */
    async view(actor: Actor, { shopId, liveId }: { shopId: Id; liveId: Id }): Promise<Insight> {
      requireShop(actor, 'room.assist', shopId)
      const owners = await needs.live.shopIdsOf(needs.database.db, [liveId])
      if (owners.get(liveId) !== shopId) throw fail('live.not_found')
      return kept(liveId, () => count(needs, { shopId, liveId }))
    },
  }
}

async function count(
  needs: InsightNeeds,
  { shopId, liveId }: { shopId: Id; liveId: Id },
): Promise<Insight> {
  const { database, live, showcase, catalog, sales, clock } = needs
  const { db } = database
  const at = clock.now()
  const source = { kind: 'live', id: liveId } as const
  const [room, [audience], viewers, signals, online, sold, bag, explains] = await Promise.all([
    live.facts(db, liveId),
    live.audiences(db, { ids: [liveId] }),
    store.viewersOf(db, liveId),
    store.signalCounts(db, { liveId, recentSec }),
    store.onlineMinutes(db, { liveId, everySec: sampleEverySec }),
    sales.salesOf(db, { shopId, source }),
    showcase.bagOf(db, liveId),
    showcase.explainsOf(db, liveId),
  ])
  if (!room || !audience) throw fail('live.not_found')
  const counted = { at, room, audience, viewers, signals, online, sold, bag, explains }
  const cards = await catalog.cardsByIds(db, goneIdsOf(counted))
  return insightOf({ ...counted, cards })
}

/** Products that were asked for or sold and are not in the bag. */
function goneIdsOf({ signals, sold, bag }: Pick<Counted, 'signals' | 'sold' | 'bag'>): Id[] {
  const inBag = new Set(bag.items.map(({ product }) => product.id))
  const asked = signals.flatMap(({ productId }) => productId ?? [])
  const all = [...asked, ...sold.products.map(each => each.productId)]
  return [...new Set(all)].filter(id => !inBag.has(id))
}

/** The product that a session's orders paid most for. */
export async function bestOf(
  { sales }: Pick<InsightNeeds, 'sales'>,
  db: Db,
  { id, shopId }: { id: Id; shopId: Id },
): Promise<Recap['bestProduct']> {
  const source = { kind: 'live', id } as const
  const { products } = await sales.salesOf(db, { shopId, source })
  const [best] = products
  if (!best) return null
  const { productId, title, orderCount, soldCount, amountFen } = best
  return { productId, title, orderCount, soldCount, amountFen }
}

/** Signals are counted with their minute; who came is of use until the room is surely over. */
const kept = { signalHours: 1, viewerDays: 7 }

/** Forgets people; numbers stay. */
export const forget = ({ database }: InsightNeeds): Promise<void> =>
  database.tx(tx => store.forget(tx, kept))

/** Keeps how many watch each room that is on air now; several processes keep it once. */
export async function sample({ database, live }: InsightNeeds): Promise<void> {
  const rooms = await live.audiences(database.db, 'on_air')
  if (rooms.length === 0) return
  await database.tx(tx => store.insertSamples(tx, { rooms, everySec: sampleEverySec }))
}
