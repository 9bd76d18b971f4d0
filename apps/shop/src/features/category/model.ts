import type { Category } from '@kaibo/contract/goods/category'

/** The categories right below one, in order; null = at the top. */
export const childrenOf = (tree: readonly Category[], id: string | null): Category[] =>
  tree.filter(node => node.parentId === id).toSorted((a, b) => a.position - b.position)

/** From the top down to a category; empty when there is none such. */
export function pathTo(tree: readonly Category[], id: string | undefined): Category[] {
  const node = tree.find(each => each.id === id)
  return (node?.path ?? []).flatMap(step => tree.find(each => each.id === step) ?? [])
}

/** In English where it has an English name. */
export const nameOf = (node: Pick<Category, 'name' | 'nameEn'>, language: string): string =>
  language === 'en' && node.nameEn ? node.nameEn : node.name
