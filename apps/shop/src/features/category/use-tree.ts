import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useLanguage } from '@kaibo/ui/i18n.ts'
import { nameOf } from './model.ts'

/** The whole tree of categories; every page that shows some shares it. */
export const useTree = () => useQueryOf(['categories'], () => api.category.tree())

/** Names by id; undefined while they are not known. */
export function useCategoryNames(): (id: string) => string | undefined {
  const tree = useTree()
  const [language] = useLanguage()
  return id => {
    const node = tree.data?.items.find(each => each.id === id)
    return node && nameOf(node, language)
  }
}
