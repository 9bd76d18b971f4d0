import { requireShop } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { BulkChange, BulkRow } from '@kaibo/contract/goods/catalog-api'
import type { Database, Tx } from '@kaibo/db/database'
import { AppError } from '@kaibo/kernel/fail'
import type { Id } from '@kaibo/kernel/ids'
import type { Catalog } from '@kaibo/modules/catalog'
import { decideChange } from './rules.ts'

export type BulkEditNeeds = {
  database: Database
  catalog: Pick<Catalog, 'workingCopies' | 'updateProducts' | 'moveShelf'>
}

/** Changes many products alike; each whole or not at all. */
export async function changeMany(
  needs: BulkEditNeeds,
  actor: Actor,
  { shopId, ids, change }: { shopId: Id; ids: readonly Id[]; change: BulkChange },
): Promise<{ rows: BulkRow[] }> {
  requireShop(actor, 'catalog.manage', shopId)
  const rows: BulkRow[] = []
  // One after the other: a hundred at a time, and every one locks its own product.
  for (const id of ids) {
    const problem = await needs.database
      .tx(tx => changeOne(needs, tx, { shopId, id, change, actor }))
      .then(() => null, codeOf)
    rows.push({ id, problem })
  }
  return { rows }
}

function codeOf(error: unknown): string {
  if (error instanceof AppError) return error.code
  throw error
}

type Change = { shopId: Id; id: Id; change: BulkChange; actor: Actor }

async function changeOne(
  { catalog }: BulkEditNeeds,
  tx: Tx,
  { change, actor, shopId, id }: Change,
): Promise<void> {
  const { shelf: state, ...fields } = change
  const by = actor.kind === 'user' ? actor.userId : null
  if (Object.keys(fields).length > 0) {
    const [copy] = await catalog.workingCopies(tx, { shopId, ids: [id] })
    if (!copy) throw fail('product.not_found')
    await catalog.updateProducts(tx, { drafts: [decideChange(copy, fields)], by })
  }
  if (state) await catalog.moveShelf(tx, { actor, shopId, id, state })
}
