import { allErrors } from '@kaibo/contract/api'
import { fail } from '@kaibo/contract/core/fail'
import type { Database, Tx } from '@kaibo/db/database'
import { isFailure } from '@kaibo/kernel/fail'
import { type Id, isId, newId } from '@kaibo/kernel/ids'
import type { Catalog, Drafts, Updates } from '@kaibo/modules/catalog'
import type { Files } from '@kaibo/modules/files'
import { rowProblem } from '@kaibo/sheet/sheet'
import { decideDraft, decideUpdate } from './rules.ts'
import * as store from './store.ts'

export type ProductSheetNeeds = {
  database: Database
  catalog: Pick<Catalog, 'addDrafts' | 'updateProducts' | 'workingCopies' | 'ownIdsAfter'>
  files: Pick<Files, 'requireFiles' | 'urlOf'>
}

/** A worker that says nothing for so long is taken for dead. */
const leaseSec = 60
/** Products written in one transaction; with all of their variants they fit into one statement. */
const batchMax = 40
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
    for (let from = 0; from < products.length; from += batchMax)
      await settle(needs, job, products.slice(from, from + batchMax))
    return products.length
  } finally {
    await database.tx(tx => store.endLease(tx, job.id))
  }
}

/** Writes products together; of those that are refused, each half, down to the one that is why. */
async function settle(
  needs: ProductSheetNeeds,
  job: store.ImportRow,
  products: readonly store.ProductRow[],
): Promise<void> {
  const [first] = products
  const refused = await attempt(needs, job, products)
  if (!refused || !first) return
  if (products.length > 1) {
    const half = Math.ceil(products.length / 2)
    await settle(needs, job, products.slice(0, half))
    return settle(needs, job, products.slice(half))
  }
  await needs.database.tx(tx => refuse(tx, job.id, [{ product: first, code: refused }]))
}

type Refused = { product: store.ProductRow; code: string }

async function refuse(tx: Tx, importId: Id, refused: readonly Refused[]): Promise<void> {
  if (refused.length === 0) return
  const products = refused.map(({ product }) => product)
  await store.settleProducts(tx, { importId, products, state: 'failed' })
  const problems = refused.flatMap(({ product: { row }, code }) => {
    const text = Object.entries(allErrors).find(([known]) => known === code)?.[1]
    return text ? rowProblem(row, { code, text }) : []
  })
  await store.addProblems(tx, importId, problems)
}

/** Writes products, all that can be or none; answers with the code of what stands in the way. */
async function attempt(
  needs: ProductSheetNeeds,
  job: store.ImportRow,
  products: readonly store.ProductRow[],
): Promise<string | null> {
  for (let attempts = 1; ; attempts++) {
    const refused = await needs.database
      .tx(async tx => {
        const lacking = await writeProducts(needs, tx, { job, products })
        await store.settleProducts(tx, { importId: job.id, products, state: 'done' })
        await refuse(tx, job.id, lacking)
      })
      .then(() => null, codeOf)
    if (refused !== 'product.changed' || attempts === attemptsMax) return refused
  }
}

function codeOf(error: unknown): string {
  if (isFailure(error)) return error.code
  throw error
}

type Batch = { job: store.ImportRow; products: readonly store.ProductRow[] }

/**
 * Answers with those that say too little to begin with. Throws `product.changed` when somebody else
 * makes or changes one of the others at the same moment.
 */
async function writeProducts(
  { catalog }: ProductSheetNeeds,
  tx: Tx,
  { job: { shopId, createdBy: by, pictureFileId }, products }: Batch,
): Promise<Refused[]> {
  const codes = products.map(product => product.code)
  const known = await store.productIdsByCode(tx, { shopId, codes })
  // An exported sheet names products without a code by their id.
  const ids = [...known.values(), ...codes.filter(isId)]
  const copies = await catalog.workingCopies(tx, { shopId, ids })
  const byId = new Map(copies.map(copy => [copy.id, copy]))
  const drafts: Drafts['drafts'][number][] = []
  const updates: Updates['drafts'][number][] = []
  const claims: { code: string; productId: Id }[] = []
  const lacking: Refused[] = []
  for (const product of products) {
    const { code } = product
    const present = byId.get(known.get(code) ?? code)
    const id = known.get(code) ?? newId()
    const decided = present
      ? { update: decideUpdate(present, product.plan) }
      : decideDraft(product.plan, pictureFileId)
    if ('update' in decided) updates.push(decided.update)
    else if ('lacks' in decided) lacking.push({ product, code: decided.lacks })
    else {
      drafts.push({ shopId, id, ...decided.draft })
      if (!known.has(code)) claims.push({ code, productId: id })
    }
  }
  // One product by its code and by its id: one after the other.
  const isTwice = new Set(updates.map(update => update.id)).size < updates.length
  if (isTwice || !(await store.claimCodes(tx, shopId, claims))) throw fail('product.changed')
  if (drafts.length > 0) await catalog.addDrafts(tx, { drafts, by })
  if (updates.length > 0) await catalog.updateProducts(tx, { drafts: updates, by })
  return lacking
}
