import type { BulkChange, BulkRow } from '@kaibo/contract/catalog-api'
import { requireShop } from '@kaibo/contract/core/access'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { Tx } from '@kaibo/db/database'
import { AppError } from '@kaibo/kernel/fail'
import type { Id } from '@kaibo/kernel/ids'
import type { Body } from './body.ts'
import { lockOwn, type Owned } from './catalog.ts'
import { edit } from './edit.ts'
import type { CatalogNeeds } from './needs.ts'
import { decidePrice } from './rules.ts'
import { moveOwn } from './shelf.ts'
import { workingCopy } from './views.ts'

/** Changes many products alike; each whole or not at all. */
export async function changeMany(
  needs: CatalogNeeds,
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

type Change = Owned & { change: BulkChange; actor: Actor }

async function changeOne(
  needs: CatalogNeeds,
  tx: Tx,
  { change, actor, ...owned }: Change,
): Promise<void> {
  const { shelf: state, ...fields } = change
  if (Object.keys(fields).length > 0) {
    const present = await lockOwn(needs, tx, owned)
    const body = changed(await workingCopy(needs, tx, present), fields)
    await edit(needs, tx, { present, body, actor })
  }
  if (state) await moveOwn(needs, tx, { ...owned, state, actor })
}

function changed(body: Body, change: Omit<BulkChange, 'shelf'>): Body {
  const { addTagIds = [], removeTagIds = [], categoryId = body.categoryId } = change
  const tagIds = [...new Set([...body.tagIds, ...addTagIds])].filter(
    id => !removeTagIds.includes(id),
  )
  const skus = body.skus.map(sku => ({ ...sku, priceFen: decidePrice(sku.priceFen, change) }))
  const isPriced = change.priceBps !== undefined || change.priceDeltaFen !== undefined
  return { ...body, categoryId, tagIds, skus: isPriced ? skus : body.skus }
}
