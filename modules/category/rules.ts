import { fail } from '@kaibo/contract/core/fail'
import { type Category, categoryCountMax, categoryDepthMax } from '@kaibo/contract/goods/category'
import type { Id } from '@kaibo/kernel/ids'

type Place = { id: Id; parentId: Id | null; name: string }

/**
 * The path of a node at a place, with all that lies below it. Throws `category.not_found`,
 * `category.inside_itself`, `category.too_deep`, `category.too_many` or `category.name_taken`.
 */
export function decidePath(tree: readonly Category[], { id, parentId, name }: Place): Id[] {
  const parent = tree.find(node => node.id === parentId)
  if (parentId !== null && !parent) throw fail('category.not_found')
  if (parent?.path.includes(id)) throw fail('category.inside_itself')
  const isNew = !tree.some(node => node.id === id)
  if (isNew && tree.length >= categoryCountMax) throw fail('category.too_many')
  const isTaken = tree.some(
    node =>
      node.id !== id &&
      node.parentId === parentId &&
      node.name.toLowerCase() === name.toLowerCase(),
  )
  if (isTaken) throw fail('category.name_taken')
  const path = [...(parent?.path ?? []), id]
  if (path.length + heightBelow(tree, id) > categoryDepthMax) throw fail('category.too_deep')
  return path
}

/** How many levels lie below a node. */
const heightBelow = (tree: readonly Category[], id: Id): number =>
  Math.max(
    0,
    ...tree
      .filter(node => node.path.includes(id))
      .map(node => node.path.length - 1 - node.path.indexOf(id)),
  )
