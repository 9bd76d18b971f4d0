import type { Handlers } from '@kaibo/contract/core/handlers'
import type { ReviewState } from '@kaibo/contract/goods/catalog'
import type { reviewApi } from '@kaibo/contract/goods/review'
import type { Db, Tx } from '@kaibo/db/database'
import { type Id, newId } from '@kaibo/kernel/ids'
import * as review from './review.ts'
import { newestCases, openCase, withdrawCase } from './store.ts'

export type { ReviewNeeds } from './review.ts'

export type Submission = {
  productId: Id
  shopId: Id
  title: string
  /** Of a product that buyers know. */
  isChange: boolean
  by: Id | null
}
export type Verdict = { state: ReviewState; reason: string; isChange: boolean }

/** The platform looks at products before they are sold. */
export type Reviews = {
  handlers: Handlers<typeof reviewApi>
  /** Hands a product in; the case that is open for it is brought up to date. */
  submit(tx: Tx, submission: Submission): Promise<void>
  /** Takes back what is open for a product. */
  withdraw(tx: Tx, productId: Id): Promise<void>
  /** How the newest submission of each product stands. */
  verdictsOf(db: Db, productIds: readonly Id[]): Promise<Map<Id, Verdict>>
}

export const createReviews = (needs: review.ReviewNeeds): Reviews => ({
  handlers: {
    queue: async (ctx, query) => review.listCases(needs, ctx.actor, query),
    view: async (ctx, { id }) => review.viewCase(needs, ctx.actor, id),
    decide: async (ctx, decision) => review.decideCase(needs, ctx.actor, decision),
  },
  submit: (tx, submission) => openCase(tx, { ...submission, id: newId() }),
  withdraw: withdrawCase,
  verdictsOf: async (db, productIds) => {
    const rows = productIds.length === 0 ? [] : await newestCases(db, productIds)
    return new Map(
      rows.map(({ productId, state, reason, isChange }) => [
        productId,
        { state, reason, isChange },
      ]),
    )
  },
})
