import { createHash } from 'node:crypto'
import { requireShop, requireUser } from '@kaibo/contract/core/access'
import type { FileReply } from '@kaibo/contract/core/endpoint'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { ProductImport } from '@kaibo/contract/goods/productsheet'
import type { SheetQuery } from '@kaibo/contract/goods/sheet'
import { sheetRowsMax } from '@kaibo/contract/goods/sheet-limits'
import type { Db } from '@kaibo/db/database'
import { type Id, isId } from '@kaibo/kernel/ids'
import type { WorkingCopy } from '@kaibo/modules/catalog'
import { writeReport } from '@kaibo/sheet/report'
import { applyNext, type ProductSheetNeeds } from './apply.ts'
import { decidePlan, type Planned } from './rules.ts'
import { productSheet, type Row } from './sheet.ts'
import * as store from './store.ts'

type Owned = { shopId: Id; id: Id }

/** Problems shown with an import, and in its report. */
const problemsShown = 100
const problemsMax = 20_000

/** Products written before the call returns; the rest goes on in the background. */
const appliedAtOnce = 30

/**
 * Reads a sheet and says what it would do. The same file under the same id answers alike; another
 * one throws `productsheet.id_taken`.
 */
export async function check(
  needs: ProductSheetNeeds,
  actor: Actor,
  { shopId, id, bytes }: Owned & { bytes: Uint8Array },
): Promise<ProductImport> {
  requireShop(actor, 'catalog.manage', shopId)
  const { userId: createdBy } = requireUser(actor)
  const { db } = needs.database
  const contentHash = createHash('sha256').update(bytes).digest('hex')
  if (!(await store.importById(db, id))) {
    const read = await productSheet.read(bytes)
    const { products, problems } = decidePlan(read.rows, read.problems)
    const rows = await rowsOf(needs, shopId, products)
    await needs.database.tx(async tx => {
      if (!(await store.insertImport(tx, { id, shopId, createdBy, contentHash }))) return
      await store.insertProducts(tx, id, rows)
      await store.addProblems(tx, id, problems.slice(0, problemsMax))
    })
  }
  const row = await store.importById(db, id)
  if (row?.shopId !== shopId) throw fail('request.not_found')
  if (row.contentHash !== contentHash) throw fail('productsheet.id_taken')
  return viewOf(db, row)
}

async function rowsOf(
  { database: { db }, catalog }: ProductSheetNeeds,
  shopId: Id,
  products: readonly Planned[],
): Promise<store.ProductRow[]> {
  const codes = products.map(product => product.code)
  const known = await store.productIdsByCode(db, { shopId, codes })
  const ids = [...known.values(), ...codes.filter(isId)]
  const copies = await catalog.workingCopies(db, { shopId, ids })
  const present = new Set(copies.map(copy => copy.id))
  return products.map(({ code, row, isBad, plan }, position) => {
    const isNew = !present.has(known.get(code) ?? code)
    const state = isBad ? 'bad' : 'ready'
    return { position, code, row, isNew, lacksPicture: isNew && !plan.pictures, state, plan }
  })
}

/** How far an import is. Throws `productsheet.not_found`. */
export async function view(
  { database: { db } }: ProductSheetNeeds,
  actor: Actor,
  owned: Owned,
): Promise<ProductImport> {
  requireShop(actor, 'catalog.read', owned.shopId)
  return viewOf(db, await ownImport(db, owned))
}

/**
 * Writes the products of a sheet; again goes on where it stands. Throws `productsheet.not_found` or
 * `file.not_found`.
 */
export async function apply(
  needs: ProductSheetNeeds,
  actor: Actor,
  { pictureFileId, ...owned }: Owned & { pictureFileId: Id | null },
): Promise<ProductImport> {
  requireShop(actor, 'catalog.manage', owned.shopId)
  const { db } = needs.database
  const { id } = await ownImport(db, owned)
  await needs.files.requireFiles(db, pictureFileId ? [pictureFileId] : [])
  await needs.database.tx(tx => store.startApplying(tx, { id, pictureFileId }))
  await applyNext(needs, { id, limit: appliedAtOnce })
  return view(needs, actor, owned)
}

/** Every problem of an import as a file. Throws `productsheet.not_found`. */
export async function report(
  { database: { db } }: ProductSheetNeeds,
  actor: Actor,
  { shopId, id, ...query }: Owned & SheetQuery,
): Promise<FileReply> {
  requireShop(actor, 'catalog.read', shopId)
  await ownImport(db, { shopId, id })
  return writeReport(await store.problemsOf(db, id, problemsMax), query)
}

export async function template(
  actor: Actor,
  { shopId, ...query }: { shopId: Id } & SheetQuery,
): Promise<FileReply> {
  requireShop(actor, 'catalog.read', shopId)
  return productSheet.template(query)
}

/** Products read at a time for a sheet. */
const exportBatch = 200

/** The products of a shop, one row per variant; a product without a code is named by its id. */
export async function exportAll(
  needs: ProductSheetNeeds,
  actor: Actor,
  { shopId, ...query }: { shopId: Id } & SheetQuery,
): Promise<FileReply> {
  requireShop(actor, 'catalog.read', shopId)
  const { db } = needs.database
  const rows: Row[] = []
  let afterId: Id | null = null
  while (rows.length < sheetRowsMax) {
    const ids: Id[] = await needs.catalog.ownIdsAfter(db, { shopId, afterId, limit: exportBatch })
    const copies = await needs.catalog.workingCopies(db, { shopId, ids })
    const codes = await store.codesOf(db, ids)
    for (const copy of copies) rows.push(...rowsOfProduct(copy, codes.get(copy.id) ?? copy.id))
    afterId = ids.at(-1) ?? null
    if (ids.length < exportBatch) break
  }
  return productSheet.write(rows.slice(0, sheetRowsMax), query)
}

const rowsOfProduct = (copy: WorkingCopy, code: string): Row[] =>
  copy.skus.map(sku => ({
    code,
    title: copy.title,
    subtitle: copy.subtitle || null,
    description: copy.description || null,
    pictures: copy.pictureFileIds,
    spec: sku.spec,
    priceFen: sku.priceFen,
    stock: null,
    weightG: sku.weightG,
    barcode: sku.barcode,
  }))

async function ownImport(db: Db, { shopId, id }: Owned): Promise<store.ImportRow> {
  const row = await store.importById(db, id)
  if (row?.shopId !== shopId) throw fail('productsheet.not_found')
  return row
}

async function viewOf(db: Db, { id, state, createdAt }: store.ImportRow): Promise<ProductImport> {
  const [counts, problems] = await Promise.all([
    store.countsOf(db, id),
    store.problemsOf(db, id, problemsShown),
  ])
  return { id, state, createdAt: createdAt.toISOString(), ...counts, problems }
}
