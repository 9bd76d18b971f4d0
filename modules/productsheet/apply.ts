import { allErrors } from '@kaibo/contract/api'
import { fail } from '@kaibo/contract/core/fail'
import type { UserActor } from '@kaibo/contract/core/permissions'
import type { Database } from '@kaibo/db/database'
import { isFailure } from '@kaibo/kernel/fail'
import { type Id, isId, newId } from '@kaibo/kernel/ids'
import type { Catalog, WorkingCopy } from '@kaibo/modules/catalog'
import type { Files } from '@kaibo/modules/files'
import { rowProblem } from '@kaibo/sheet/sheet'
import { decideSkus, newSkus, type Plan } from './rules.ts'
import * as store from './store.ts'

export type ProductSheetNeeds = {
  database: Database
  catalog: Pick<Catalog, 'createProduct' | 'updateProduct' | 'workingCopies' | 'ownIdsAfter'>
  files: Pick<Files, 'requireFiles' | 'urlOf'>
}

/** A worker that says nothing for so long is taken for dead. */
const leaseSec = 60
/** Somebody else may change a product between reading and writing it. */
const attemptsMax = 3

/**
 * Writes the next products of an import, of this one or of whichever waits: each whole or not at
 * all, and each again when a crash left it open. Returns how many it tried.
 */
export async function applyNext(
  needs: ProductSheetNeeds,
  { id, limit }: { id: Id | null; limit: number },
): Promise<number> {
  const { database } = needs
  const job = await database.tx(tx => store.lease(tx, { id, leaseSec }))
  if (!job) return 0
  try {
    const products = await store.readyProducts(database.db, job.id, limit)
    for (const product of products) await settle(needs, job, product)
    return products.length
  } finally {
    await database.tx(tx => store.endLease(tx, job.id))
  }
}

async function settle(
  needs: ProductSheetNeeds,
  job: store.ImportRow,
  { position, row, code, plan }: store.ProductRow,
): Promise<void> {
  const refused = await writeProduct(needs, job, { code, plan }).catch((error: unknown) => {
    if (!isFailure(error)) throw error
    return error.code
  })
  const text = Object.entries(allErrors).find(([known]) => known === refused)?.[1]
  await needs.database.tx(async tx => {
    const state = refused ? 'failed' : 'done'
    await store.settleProduct(tx, { importId: job.id, position, state })
    if (refused && text)
      await store.addProblems(tx, job.id, [rowProblem(row, { code: refused, text })])
  })
}

/** The person who imports, with no more rights than it takes. */
const actorOf = ({ id, createdBy, shopId }: store.ImportRow): UserActor => ({
  kind: 'user',
  userId: createdBy,
  sessionId: id,
  roles: ['user', 'clerk'],
  shops: [{ shopId, role: 'clerk' }],
})

async function writeProduct(
  needs: ProductSheetNeeds,
  job: store.ImportRow,
  { code, plan }: { code: string; plan: Plan },
): Promise<undefined> {
  const { shopId } = job
  const ids = await productIds(needs, { shopId, code })
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    const present = await copyOf(needs, { shopId, ids })
    if (present) {
      if (await update(needs, job, { present, plan })) return
    } else if (await create(needs, job, { code, plan })) return
  }
  throw fail('product.changed')
}

/** The product that a code names; an exported sheet names those without a code by their id. */
async function productIds(
  { database: { db } }: ProductSheetNeeds,
  { shopId, code }: { shopId: Id; code: string },
): Promise<{ code: string; own: Id | null }> {
  const known = await store.productIdsByCode(db, { shopId, codes: [code] })
  return { code, own: known.get(code) ?? (isId(code) ? code : null) }
}

async function copyOf(
  needs: ProductSheetNeeds,
  { shopId, ids }: { shopId: Id; ids: { code: string; own: Id | null } },
): Promise<WorkingCopy | undefined> {
  const { db } = needs.database
  const own = ids.own ?? (await productIds(needs, { shopId, code: ids.code })).own
  if (own === null) return undefined
  const [copy] = await needs.catalog.workingCopies(db, { shopId, ids: [own] })
  return copy
}

/** False when somebody else changed it meanwhile. */
async function update(
  { catalog }: ProductSheetNeeds,
  job: store.ImportRow,
  { present, plan }: { present: WorkingCopy; plan: Plan },
): Promise<boolean> {
  const changed = {
    ...present,
    title: plan.title ?? present.title,
    subtitle: plan.subtitle ?? present.subtitle,
    description: plan.description ?? present.description,
    pictureFileIds: plan.pictures ?? present.pictureFileIds,
    skus: decideSkus(present.skus, plan.skus),
  }
  return catalog.updateProduct(actorOf(job), changed).then(
    () => true,
    (error: unknown) => {
      if (isFailure(error, 'product.changed')) return false
      throw error
    },
  )
}

/** False when another import made the product of this code first. */
async function create(
  { database, catalog }: ProductSheetNeeds,
  job: store.ImportRow,
  { code, plan }: { code: string; plan: Plan },
): Promise<boolean> {
  const pictureFileIds = plan.pictures ?? (job.pictureFileId ? [job.pictureFileId] : [])
  if (plan.title === null) throw fail('productsheet.title_missing')
  if (pictureFileIds.length === 0) throw fail('productsheet.picture_missing')
  const id = await database.tx(tx =>
    store.claimCode(tx, { shopId: job.shopId, code, productId: newId() }),
  )
  const skus = newSkus(plan.skus)
  const made = await catalog.createProduct(actorOf(job), {
    ...{ shopId: job.shopId, id, title: plan.title, pictureFileIds, skus },
    subtitle: plan.subtitle ?? '',
    description: plan.description ?? '',
  })
  return made.skus.some(sku => sku.id === skus[0]?.id)
}
