import type { Category } from '@kaibo/contract/goods/category'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'

const columns = [
  'id',
  'parent_id as parentId',
  'position',
  'name',
  'name_en as nameEn',
  'document_type_ids as documentTypeIds',
  'rate_handle as rateHandle',
  'path',
] as const

/** The whole tree: parents before children, siblings in order. */
export const allNodes = (db: Db): Promise<Category[]> =>
  db
    .selectFrom('category_node')
    .select(columns)
    .orderBy(sql`cardinality(path)`)
    .orderBy('position')
    .orderBy('id')
    .execute()

export const nodesByIds = (db: Db, ids: readonly Id[]): Promise<Category[]> =>
  db
    .selectFrom('category_node')
    .select(columns)
    .where('id', 'in', [...ids])
    .execute()

/** Changes of the tree happen one after the other: they are rare, and a path spans many rows. */
export async function lockTree(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('category tree', 0))`.execute(tx)
}

/** The tree stays as it is until the transaction ends; others may hold it as well. */
export async function holdTree(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended('category tree', 0))`.execute(tx)
}

export async function insertNode(tx: Tx, node: Category): Promise<void> {
  await tx
    .insertInto('category_node')
    .values({ ...fieldsOf(node), id: node.id })
    .execute()
}

/** Replaces everything of one node. */
export async function writeNode(tx: Tx, node: Category): Promise<void> {
  await tx.updateTable('category_node').set(fieldsOf(node)).where('id', '=', node.id).execute()
}

const fieldsOf = (node: Category) => ({
  parent_id: node.parentId,
  position: node.position,
  name: node.name,
  name_en: node.nameEn,
  document_type_ids: node.documentTypeIds,
  rate_handle: node.rateHandle,
  path: node.path,
})

/** What lies below a node follows it to its new path. */
export async function movePaths(tx: Tx, q: { id: Id; path: readonly Id[] }): Promise<void> {
  await sql`
    update category_node
    set path = ${q.path}::uuid[] || path[array_position(path, ${q.id}) + 1:]
    where path @> array[${q.id}]::uuid[]`.execute(tx)
}

export async function deleteNode(tx: Tx, id: Id): Promise<void> {
  await tx.deleteFrom('category_node').where('id', '=', id).execute()
}
