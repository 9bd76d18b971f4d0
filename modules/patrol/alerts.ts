import { requirePermission, requireUser } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { PatrolAlert } from '@kaibo/contract/media/patrol'
import { verdictGiven } from '@kaibo/contract/media/verdict'
import { commentFlagged } from '@kaibo/contract/show/chat'
import { liveMoved } from '@kaibo/contract/show/live'
import type { Tx } from '@kaibo/db/database'
import { type Subscriber, subscriber } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import type { PatrolNeeds } from './needs.ts'
import { memoryDays } from './rules.ts'
import * as store from './store/alert.ts'
import * as rooms from './store/room.ts'
import { alertViews } from './views.ts'

/** Follows rooms from their first picture to their end, and hears what is written in them. */
export const alertSubscribers = (needs: PatrolNeeds): Subscriber[] => [
  subscriber(liveMoved, {
    consumer: 'patrol.follow',
    async handle(tx, { liveId, shopId, state }) {
      const room = await needs.live.facts(tx, liveId)
      if (state !== 'live' || room?.state === 'ended') {
        await rooms.leave(tx, liveId, { isOver: room?.state === 'ended' })
        await store.handleAll(tx, liveId, { kind: 'stream', byId: null })
      } else if (room) {
        const counts = await needs.verdict.countsOf(tx, { shopIds: [shopId], days: memoryDays })
        const isClean = !counts.has(shopId)
        await rooms.follow(tx, { liveId, shopId, hostId: room.hostId, isClean })
        await checkTitle(needs, tx, { liveId, shopId })
      }
    },
  }),
  subscriber(commentFlagged, {
    consumer: 'patrol.hear',
    async handle(tx, { liveId, shopId, text, words, isBlocking }) {
      for (const label of words)
        await store.raise(tx, { liveId, shopId, kind: 'chat', label, excerpt: text, isBlocking })
      if (isBlocking) await rooms.watchClosely(tx, liveId)
    },
  }),
  subscriber(verdictGiven, {
    consumer: 'patrol.close_alerts',
    handle: (tx, { liveId, byId }) => store.handleAll(tx, liveId, { byId }),
  }),
]

/** Titles are refused with blocked words when they are written; lists change, and some words are only reviewed. */
async function checkTitle(
  { live, wordlist }: PatrolNeeds,
  tx: Tx,
  { liveId, shopId }: { liveId: Id; shopId: Id },
): Promise<void> {
  const title = (await live.cardsByIds(tx, [liveId])).get(liveId)?.title ?? ''
  const { hits } = wordlist.check({ text: title, scene: 'title', shopId })
  const grave = hits.filter(({ tier }) => tier === 'review' || tier === 'block')
  for (const { word, tier } of grave) {
    const known = await store.openOf(tx, [liveId])
    if (known.some(({ kind, label }) => kind === 'title' && label === word)) continue
    const facts = { liveId, shopId, kind: 'title', label: word, excerpt: title } as const
    await store.raise(tx, { ...facts, isBlocking: tier === 'block' })
  }
}

/** Alerts that wait, or that were handled. */
export async function list(
  needs: PatrolNeeds,
  actor: Actor,
  query: { isOpen: boolean } & PageQuery,
): Promise<Page<PatrolAlert>> {
  requirePermission(actor, 'platform.read')
  const { db } = needs.database
  const { items, next } = await store.page(db, query)
  return { items: await alertViews(needs, db, items), next }
}

/** Somebody has looked at it. Throws `patrol.not_found`. */
export async function handle(needs: PatrolNeeds, actor: Actor, id: Id): Promise<PatrolAlert> {
  requirePermission(actor, 'platform.manage')
  const { userId: byId } = requireUser(actor)
  const alert = await needs.database.tx(tx => store.handle(tx, { id, byId }))
  if (!alert) throw fail('patrol.not_found')
  return must((await alertViews(needs, needs.database.db, [alert]))[0], 'one row gives one view')
}
