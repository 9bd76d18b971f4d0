import { requireShop } from '@kaibo/contract/core/access'
import type { FileReply } from '@kaibo/contract/core/endpoint'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { SheetProblem, SheetQuery } from '@kaibo/contract/goods/sheet'
import { sheetRowsMax } from '@kaibo/contract/goods/sheet-limits'
import type { StockCount, StockTake } from '@kaibo/contract/goods/stocktake'
import type { Database, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import type { Catalog } from '@kaibo/modules/catalog'
import type { Stock } from '@kaibo/modules/stock'
import { type CountLine, countSheet, sheetProblems } from './sheet.ts'
import * as store from './store.ts'

export type StockTakeNeeds = {
  database: Database
  catalog: Pick<Catalog, 'skusByIds'>
  stock: Pick<Stock, 'levelsBySku' | 'adjustAll' | 'skuIdsOfShop'>
}

type Owned = { shopId: Id; id: Id }
const personOf = (actor: Actor): Id | null => (actor.kind === 'user' ? actor.userId : null)

/** Stock-takes of a shop, the newest first. */
export async function list(
  { database: { db } }: StockTakeNeeds,
  actor: Actor,
  { shopId, ...page }: { shopId: Id } & PageQuery,
): Promise<Page<StockTake>> {
  requireShop(actor, 'stock.manage', shopId)
  const rows = await store.pageOfTakes(db, shopId, page)
  return { ...rows, items: rows.items.map(viewOf) }
}

/** Opens a take under the id it carries; the same id again changes nothing. */
export async function open(
  needs: StockTakeNeeds,
  actor: Actor,
  take: Owned & { title: string },
): Promise<StockTake> {
  requireShop(actor, 'stock.manage', take.shopId)
  const { database } = needs
  await database.tx(tx => store.insertTake(tx, { ...take, createdBy: personOf(actor) }))
  const row = await store.takeById(database.db, take.id)
  if (row?.shopId !== take.shopId) throw fail('request.not_found')
  return viewOf(row)
}

/** A take with its sums. Throws `stocktake.not_found`. */
export async function view(
  { database: { db } }: StockTakeNeeds,
  actor: Actor,
  { shopId, id }: Owned,
): Promise<StockTake> {
  requireShop(actor, 'stock.manage', shopId)
  const row = await store.takeById(db, id)
  if (row?.shopId !== shopId) throw fail('stocktake.not_found')
  return viewOf(row)
}

/** What was counted, the latest first. Throws `stocktake.not_found`. */
export async function counts(
  needs: StockTakeNeeds,
  actor: Actor,
  { shopId, id, ...page }: Owned & PageQuery,
): Promise<Page<StockCount>> {
  await view(needs, actor, { shopId, id })
  const rows = await store.pageOfCounts(needs.database.db, id, page)
  return { ...rows, items: await countViews(needs, rows.items) }
}

/**
 * Notes how many there are of a SKU, beside what the books say now. Throws `stocktake.not_found`,
 * `stocktake.closed` or `product.not_found`.
 */
export async function count(
  needs: StockTakeNeeds,
  actor: Actor,
  { skuId, counted, ...owned }: Owned & { skuId: Id; counted: number },
): Promise<StockCount> {
  requireShop(actor, 'stock.manage', owned.shopId)
  const { database, catalog } = needs
  await database.tx(async tx => {
    await lockOpen(tx, owned)
    const [sku] = await catalog.skusByIds(tx, [skuId])
    if (sku?.shopId !== owned.shopId) throw fail('product.not_found')
    await note(needs, tx, { takeId: owned.id, by: personOf(actor), lines: [{ skuId, counted }] })
  })
  const row = await store.countOf(database.db, owned.id, skuId)
  const [made] = row ? await countViews(needs, [row]) : []
  if (!made) throw fail('stocktake.closed')
  return made
}

type Noted = { takeId: Id; by: Id | null; lines: readonly CountLine[] }

async function note({ stock }: StockTakeNeeds, tx: Tx, { takeId, by, lines }: Noted) {
  const levels = await stock.levelsBySku(
    tx,
    lines.map(line => line.skuId),
  )
  const noted = lines.map(({ skuId, counted }) => ({
    ...{ skuId, counted, onHandThen: levels.get(skuId)?.onHand ?? 0 },
  }))
  await store.putCounts(tx, { takeId, by, counts: noted })
}

/** Takes back a count. Throws `stocktake.not_found` or `stocktake.closed`. */
export async function uncount(
  needs: StockTakeNeeds,
  actor: Actor,
  { skuId, ...owned }: Owned & { skuId: Id },
): Promise<StockTake> {
  requireShop(actor, 'stock.manage', owned.shopId)
  await needs.database.tx(async tx => {
    await lockOpen(tx, owned)
    await store.removeCount(tx, { takeId: owned.id, skuId })
  })
  return view(needs, actor, owned)
}

/** All SKUs of the shop to be counted, as a file to fill in. Throws `stocktake.not_found`. */
export async function sheet(
  needs: StockTakeNeeds,
  actor: Actor,
  { shopId, id, ...query }: Owned & SheetQuery,
): Promise<FileReply> {
  await view(needs, actor, { shopId, id })
  const { db } = needs.database
  const skuIds = await needs.stock.skuIdsOfShop(db, { shopId, limit: sheetRowsMax })
  const [skus, done] = await Promise.all([
    needs.catalog.skusByIds(db, skuIds),
    store.allCounts(db, id),
  ])
  const bySku = new Map(done.map(row => [row.skuId, row.counted]))
  const rows = skus.map(({ skuId, title, spec }) => ({
    ...{ skuId, title, spec, counted: bySku.get(skuId) ?? null },
  }))
  return countSheet.write(
    rows.toSorted((a, b) => a.title.localeCompare(b.title)),
    query,
  )
}

/**
 * Notes the counts of a filled-in sheet, all rows or none; rows without a count are left alone.
 * Throws `stocktake.not_found`, `stocktake.closed` or what reading a sheet throws.
 */
export async function uploadSheet(
  needs: StockTakeNeeds,
  actor: Actor,
  { bytes, ...owned }: Owned & { bytes: Uint8Array },
): Promise<{ take: StockTake; problems: SheetProblem[] }> {
  requireShop(actor, 'stock.manage', owned.shopId)
  const { database, catalog } = needs
  await view(needs, actor, owned)
  const read = await countSheet.read(bytes)
  const skuIds = read.rows.flatMap(row => row.values?.skuId ?? [])
  const skus = await catalog.skusByIds(database.db, skuIds)
  const ownIds = new Set(skus.filter(sku => sku.shopId === owned.shopId).map(sku => sku.skuId))
  const { lines, problems } = sheetProblems(read, ownIds)
  if (problems.length === 0 && lines.length > 0)
    await database.tx(async tx => {
      await lockOpen(tx, owned)
      await note(needs, tx, { takeId: owned.id, by: personOf(actor), lines })
    })
  return { take: await view(needs, actor, owned), problems }
}

/**
 * Corrects the books by the differences at the moment of counting: all of them or none, once.
 * Throws `stocktake.not_found`, `stocktake.closed`, `stocktake.nothing_counted` or
 * `stock.below_reserved`.
 */
export async function apply(needs: StockTakeNeeds, actor: Actor, owned: Owned): Promise<StockTake> {
  requireShop(actor, 'stock.manage', owned.shopId)
  await needs.database.tx(async tx => {
    const { state, title } = await lockOwn(tx, owned)
    if (state === 'applied') return
    if (state === 'cancelled') throw fail('stocktake.closed')
    const found = await store.allCounts(tx, owned.id)
    if (found.length === 0) throw fail('stocktake.nothing_counted')
    await needs.stock.adjustAll(tx, {
      reason: 'count',
      causeId: owned.id,
      changes: found.map(row => ({ skuId: row.skuId, delta: row.counted - row.onHandThen })),
      by: { actorId: personOf(actor), note: title },
    })
    await store.closeTake(tx, { id: owned.id, state: 'applied' })
  })
  return view(needs, actor, owned)
}

/** Gives a take up. Throws `stocktake.not_found` or, when it was applied, `stocktake.closed`. */
export async function cancel(
  needs: StockTakeNeeds,
  actor: Actor,
  owned: Owned,
): Promise<StockTake> {
  requireShop(actor, 'stock.manage', owned.shopId)
  await needs.database.tx(async tx => {
    if ((await lockOwn(tx, owned)).state === 'applied') throw fail('stocktake.closed')
    await store.closeTake(tx, { id: owned.id, state: 'cancelled' })
  })
  return view(needs, actor, owned)
}

async function lockOwn(tx: Tx, { shopId, id }: Owned) {
  const take = await store.lockTake(tx, id)
  if (take?.shopId !== shopId) throw fail('stocktake.not_found')
  return take
}

async function lockOpen(tx: Tx, owned: Owned): Promise<void> {
  if ((await lockOwn(tx, owned)).state !== 'open') throw fail('stocktake.closed')
}

async function countViews(
  { database: { db }, catalog }: StockTakeNeeds,
  rows: readonly store.CountRow[],
): Promise<StockCount[]> {
  const skus = await catalog.skusByIds(
    db,
    rows.map(row => row.skuId),
  )
  const bySku = new Map(skus.map(sku => [sku.skuId, sku]))
  return rows.map(({ countedAt, ...row }) => ({
    ...row,
    title: bySku.get(row.skuId)?.title ?? '',
    spec: bySku.get(row.skuId)?.spec ?? {},
    difference: row.counted - row.onHandThen,
    countedAt: countedAt.toISOString(),
  }))
}

const viewOf = ({ shopId: _, createdAt, closedAt, ...take }: store.TakeRow): StockTake => ({
  ...take,
  createdAt: createdAt.toISOString(),
  closedAt: closedAt?.toISOString() ?? null,
})
