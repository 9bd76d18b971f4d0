import { requirePermission, requireShop } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { DocumentType } from '@kaibo/contract/goods/document-type'
import type { QualificationDocument } from '@kaibo/contract/goods/qualification'
import type { Database, Db, Tx } from '@kaibo/db/database'
import type { ResourceStore } from '@kaibo/db/resource'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import type { Files } from '@kaibo/modules/files'
import type { Shops } from '@kaibo/modules/shop'
import { type DocumentState, decideSubmission } from './rules.ts'
import * as store from './store.ts'

export type QualificationNeeds = {
  database: Database
  files: Pick<Files, 'requireFiles' | 'urlOf'>
  shop: Pick<Shops, 'shopsByIds'>
  /** Otherwise documents count as soon as they are handed in. */
  isReviewRequired: boolean
  /** Takes off the shelf what these shops may not sell any more. */
  lapsed(tx: Tx, shopIds: readonly Id[]): Promise<void>
}
/** With the table of kinds, which the module itself keeps. */
export type Desk = QualificationNeeds & { types: ResourceStore<DocumentType> }

type Submission = Omit<store.NewDocument, 'state' | 'by'>

const lapseBatchMax = 100

/** The documents of a shop, newest first. */
export async function listOwn(
  desk: Desk,
  actor: Actor,
  query: { shopId: Id } & PageQuery,
): Promise<Page<QualificationDocument>> {
  requireShop(actor, 'catalog.read', query.shopId)
  const page = await store.pageOfShop(desk.database.db, query)
  return { ...page, items: await viewsOf(desk, page.items) }
}

/** Documents of all shops, newest first. */
export async function listAll(
  desk: Desk,
  actor: Actor,
  query: { state?: DocumentState } & PageQuery,
): Promise<Page<QualificationDocument>> {
  requirePermission(actor, 'platform.manage')
  const page = await store.pageOfState(desk.database.db, query)
  return { ...page, items: await viewsOf(desk, page.items) }
}

/**
 * Hands in a document. Throws `qualification.expired`, `qualification.too_many`,
 * `qualification.unknown_type` or `file.not_found`.
 */
export async function submit(
  desk: Desk,
  actor: Actor,
  document: Submission,
): Promise<QualificationDocument> {
  requireShop(actor, 'catalog.manage', document.shopId)
  const { database, files, types, isReviewRequired } = desk
  await files.requireFiles(database.db, document.fileIds)
  const row = await database.tx(async tx => {
    const known = await types.rowsByIds(tx, { ids: [document.typeId] })
    if (known.length === 0) throw fail('qualification.unknown_type')
    decideSubmission({ expiresOn: document.expiresOn, today: await store.dayNow(tx) })
    const state = isReviewRequired ? 'pending' : 'approved'
    const added = await store.insertDocument(tx, { ...document, state, by: personOf(actor) })
    if (!added) throw fail('qualification.too_many')
    const found = await store.documentById(tx, document.id)
    if (found?.shopId !== document.shopId) throw fail('request.not_found')
    return found
  })
  return viewOf(desk, row)
}

/** Takes a document back, and off the shelf what needs it. Throws `qualification.not_found`. */
export async function withdraw(
  { database, lapsed }: Desk,
  actor: Actor,
  owned: { shopId: Id; id: Id },
): Promise<void> {
  requireShop(actor, 'catalog.manage', owned.shopId)
  await database.tx(async tx => {
    if (!(await store.deleteDocument(tx, owned))) throw fail('qualification.not_found')
    await lapsed(tx, [owned.shopId])
  })
}

/** Approves or rejects, once. Throws `qualification.not_found` or `qualification.decided`. */
export async function decide(
  desk: Desk,
  actor: Actor,
  { id, isApproved, reason }: { id: Id; isApproved: boolean; reason: string },
): Promise<QualificationDocument> {
  requirePermission(actor, 'platform.manage')
  const row = await desk.database.tx(async tx => {
    if (!(await store.documentById(tx, id))) throw fail('qualification.not_found')
    const state = isApproved ? 'approved' : 'rejected'
    const isDecided = await store.decideDocument(tx, { id, state, reason, by: personOf(actor) })
    if (!isDecided) throw fail('qualification.decided')
    return must(await store.documentById(tx, id), 'the document')
  })
  return viewOf(desk, row)
}

/** The kinds among `typeIds` for which the shop has nothing that is good today. */
export async function missingTypes(
  { types }: Desk,
  db: Db,
  q: { shopId: Id; typeIds: readonly Id[] },
): Promise<DocumentType[]> {
  if (q.typeIds.length === 0) return []
  const valid = await store.validTypes(db, q)
  return types.rowsByIds(db, { ids: q.typeIds.filter(id => !valid.has(id)) })
}

/** Takes goods off whose documents ended since; bears company of other workers. */
export async function lapseDue({ database, lapsed }: Desk): Promise<void> {
  await database.tx(async tx => {
    const shopIds = await store.lapseDue(tx, lapseBatchMax)
    if (shopIds.length > 0) await lapsed(tx, shopIds)
  })
}

const personOf = (actor: Actor): Id | null => (actor.kind === 'user' ? actor.userId : null)

async function viewOf(desk: Desk, row: store.DocumentRow): Promise<QualificationDocument> {
  const [view] = await viewsOf(desk, [row])
  return must(view, 'a view')
}

async function viewsOf(
  { database: { db }, files, shop, types }: Desk,
  rows: readonly store.DocumentRow[],
): Promise<QualificationDocument[]> {
  const shops = await shop.shopsByIds(
    db,
    rows.map(row => row.shopId),
  )
  const known = await types.rowsByIds(db, { ids: rows.map(row => row.typeId) })
  const nameOf = new Map(known.map(type => [type.id, type.name]))
  return rows.map(({ shopId, createdAt, ...row }) => ({
    ...row,
    shop: { id: shopId, name: shops.get(shopId)?.name ?? '' },
    typeName: nameOf.get(row.typeId) ?? '',
    fileUrls: row.fileIds.map(files.urlOf),
    createdAt: createdAt.toISOString(),
  }))
}
