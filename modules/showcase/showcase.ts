import { requireShop } from '@kaibo/contract/access'
import { fail } from '@kaibo/contract/fail'
import type { Recap } from '@kaibo/contract/live'
import type { Actor } from '@kaibo/contract/permissions'
import { type Bag, bagChanged } from '@kaibo/contract/showcase'
import type { Db, Tx } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import type { ShowcaseNeeds } from './index.ts'
import { explainSeconds, leavesBag } from './rules.ts'
import * as store from './store.ts'

export function createShowcaseUseCases({ database, live, catalog, clock }: ShowcaseNeeds) {
  const { db } = database

  async function openRoom(actor: Actor, at: { shopId: Id; liveId: Id }): Promise<void> {
    requireShop(actor, 'showcase.manage', at.shopId)
    const room = await live.facts(db, at.liveId)
    if (room?.shopId !== at.shopId) throw fail('live.not_found')
    if (room.state === 'ended') throw fail('live.ended')
  }

  const told = (tx: Tx, at: { shopId: Id; liveId: Id }, version: number) =>
    publish(tx, bagChanged, { ...at, version })

  async function bag(liveId: Id): Promise<Bag> {
    if (!(await live.facts(db, liveId))) throw fail('live.not_found')
    return bagView(liveId)
  }

  async function bagView(liveId: Id): Promise<Bag> {
    const [row, current] = await Promise.all([
      store.bagOf(db, liveId),
      store.currentExplain(db, liveId),
    ])
    if (!row) return { version: 0, items: [], explaining: null }
    const cards = await catalog.cardsByIds(db, row.product_ids)
    const items = cards
      .filter(card => card.state !== 'draft')
      .map(product => ({ number: row.product_ids.indexOf(product.id) + 1, product }))
    const item = items.find(({ product }) => product.id === current?.product_id)
    const explaining = item && current ? { item, since: current.started_at.toISOString() } : null
    return { version: row.version, items, explaining }
  }

  return {
    bag,

    /** Replaces the bag; refused when somebody else changed it since `version`. */
    async setBag(
      actor: Actor,
      input: { shopId: Id; liveId: Id; version: number; productIds: Id[] },
    ): Promise<Bag> {
      await openRoom(actor, input)
      const cards = await catalog.cardsByIds(db, input.productIds)
      const sellable = cards.filter(card => card.shopId === input.shopId && card.state !== 'draft')
      if (sellable.length < input.productIds.length) throw fail('product.not_found')
      await database.tx(async tx => {
        const row = await store.lockBag(tx, input)
        if (row.version !== input.version) throw fail('showcase.changed', { version: row.version })
        const current = await store.currentExplain(tx, input.liveId)
        if (current && leavesBag(current.product_id, input.productIds)) {
          await store.endExplain(tx, input.liveId)
        }
        await store.setProducts(tx, input.liveId, input.productIds)
        await told(tx, { shopId: input.shopId, liveId: input.liveId }, row.version + 1)
      })
      return bagView(input.liveId)
    },

    /** R40: starting one explanation ends the one before, with a time mark. */
    async explain(
      actor: Actor,
      input: { shopId: Id; liveId: Id; productId: Id | null },
    ): Promise<Bag> {
      const { shopId, liveId, productId } = input
      await openRoom(actor, input)
      await database.tx(async tx => {
        const row = await store.lockBag(tx, input)
        if (productId !== null && leavesBag(productId, row.product_ids))
          throw fail('showcase.not_in_bag')
        const current = await store.currentExplain(tx, liveId)
        if ((current?.product_id ?? null) === productId) return
        await store.endExplain(tx, liveId)
        if (productId !== null) await store.startExplain(tx, liveId, productId)
        await store.touchBag(tx, liveId)
        await told(tx, { shopId, liveId }, row.version + 1)
      })
      return bagView(liveId)
    },

    /** The explanations of a session, in order, with their lengths. */
    async explainsOf(reader: Db, liveId: Id): Promise<Recap['explains']> {
      const rows = await store.explains(reader, liveId)
      const cards = await catalog.cardsByIds(reader, [...new Set(rows.map(row => row.product_id))])
      const titles = new Map(cards.map(card => [card.id, card.title]))
      return rows.map(row => ({
        productId: row.product_id,
        title: titles.get(row.product_id) ?? '',
        startedAt: row.started_at.toISOString(),
        seconds: explainSeconds(row, clock.now()),
      }))
    },

    /** The session ended: so does its last explanation. */
    endExplain: store.endExplain,
  }
}
