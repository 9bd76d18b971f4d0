import type { Category } from '@kaibo/contract/goods/category'

/** A node as antd's trees take it. */
export type TreeNode = { key: string; value: string; title: string; children: TreeNode[] }

/** What a category is called in this language. */
export const categoryName = (
  { name, nameEn }: Pick<Category, 'name' | 'nameEn'>,
  language: string,
): string => (language.startsWith('zh') || nameEn === '' ? name : nameEn)

/** The flat tree of the API, nested; siblings keep their order. */
export function treeOf(
  categories: readonly Category[],
  language: string,
  parentId: string | null = null,
): TreeNode[] {
  return categories
    .filter(node => node.parentId === parentId)
    .map(node => ({
      key: node.id,
      value: node.id,
      title: categoryName(node, language),
      children: treeOf(categories, language, node.id),
    }))
}

/** `食品 / 饮品 / 茶`; empty for an unknown one. */
export function pathText(
  categories: readonly Category[],
  id: string | null,
  language: string,
): string {
  const node = categories.find(each => each.id === id)
  const names = (node?.path ?? []).flatMap(part => {
    const found = categories.find(each => each.id === part)
    return found ? [categoryName(found, language)] : []
  })
  return names.join(' / ')
}

/**
 * Where a node lands that is dropped on or beside another: its parent, and its place among the new
 * siblings.
 */
export function placeOf(
  categories: readonly Category[],
  dropped: { id: string; targetId: string; on: boolean; before: boolean },
): { parentId: string | null; position: number } {
  const target = categories.find(node => node.id === dropped.targetId)
  const parentId = dropped.on ? dropped.targetId : (target?.parentId ?? null)
  const siblings = categories.filter(node => node.parentId === parentId && node.id !== dropped.id)
  if (dropped.on) return { parentId, position: (siblings.at(-1)?.position ?? 0) + 10 }
  const at = siblings.findIndex(node => node.id === dropped.targetId)
  const [left, right] = dropped.before
    ? [siblings[at - 1], siblings[at]]
    : [siblings[at], siblings[at + 1]]
  const from = left?.position ?? (right?.position ?? 20) - 20
  const to = right?.position ?? from + 20
  return { parentId, position: Math.max(0, Math.min(10_000, Math.round((from + to) / 2))) }
}
