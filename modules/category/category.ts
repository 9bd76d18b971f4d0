import { requirePermission } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { Category } from '@kaibo/contract/goods/category'
import type { Database, Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { decidePath } from './rules.ts'
import * as store from './store.ts'

export type CategoryNeeds = {
  database: Database
  /** Whether any product lies in it; handed over later than this module is made. */
  isUsed(db: Db, id: Id): Promise<boolean>
  /** Tells whoever keeps paths that those through `id` begin with `path` now. */
  moved(tx: Tx, node: { id: Id; path: Id[] }): Promise<void>
  /** Those of `ids` that are kinds of documents. */
  documentTypesByIds(db: Db, ids: readonly Id[]): Promise<readonly { id: Id }[]>
}

type Place = Pick<Category, 'id' | 'parentId' | 'position'>
type Texts = Omit<Category, 'parentId' | 'position' | 'path'>

/** Adds a node; the same id again changes nothing. */
export async function createNode(
  needs: CategoryNeeds,
  actor: Actor,
  node: Omit<Category, 'path'>,
): Promise<Category> {
  requirePermission(actor, 'platform.manage')
  return changeTree(needs, async (tx, tree) => {
    const known = tree.find(({ id }) => id === node.id)
    if (known) return known
    await requireTypes(needs, tx, node)
    const added = { ...node, path: decidePath(tree, node) }
    await store.insertNode(tx, added)
    return added
  })
}

/** Replaces names, documents and rate handle. */
export async function updateNode(
  needs: CategoryNeeds,
  actor: Actor,
  texts: Texts,
): Promise<Category> {
  requirePermission(actor, 'platform.manage')
  return changeTree(needs, async (tx, tree) => {
    const changed = { ...nodeOf(tree, texts.id), ...texts }
    decidePath(tree, changed)
    await requireTypes(needs, tx, changed)
    await store.writeNode(tx, changed)
    return changed
  })
}

/** Moves a node with all that lies in it; products below follow. */
export async function moveNode(
  needs: CategoryNeeds,
  actor: Actor,
  place: Place,
): Promise<Category> {
  requirePermission(actor, 'platform.manage')
  return changeTree(needs, async (tx, tree) => {
    const node = nodeOf(tree, place.id)
    const moved = { ...node, ...place, path: decidePath(tree, { ...node, ...place }) }
    await store.writeNode(tx, { ...moved, path: node.path })
    if (node.parentId !== moved.parentId) {
      await store.movePaths(tx, moved)
      await needs.moved(tx, moved)
    }
    return moved
  })
}

/** Removes a node in which nothing lies. */
export async function removeNode(needs: CategoryNeeds, actor: Actor, id: Id): Promise<void> {
  requirePermission(actor, 'platform.manage')
  await changeTree(needs, async (tx, tree) => {
    nodeOf(tree, id)
    const hasChildren = tree.some(node => node.parentId === id)
    if (hasChildren || (await needs.isUsed(tx, id))) throw fail('category.not_empty')
    await store.deleteNode(tx, id)
  })
}

const changeTree = <R>(
  { database }: CategoryNeeds,
  change: (tx: Tx, tree: Category[]) => Promise<R>,
): Promise<R> =>
  database.tx(async tx => {
    await store.lockTree(tx)
    return change(tx, await store.allNodes(tx))
  })

function nodeOf(tree: readonly Category[], id: Id): Category {
  const node = tree.find(node => node.id === id)
  if (!node) throw fail('category.not_found')
  return node
}

async function requireTypes(needs: CategoryNeeds, tx: Tx, node: Texts): Promise<void> {
  const known = await needs.documentTypesByIds(tx, node.documentTypeIds)
  if (known.length < node.documentTypeIds.length) throw fail('product.unknown_reference')
}
