import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'

export const categoriesKey = ['categories'] as const
export const reviewsKey = ['reviews'] as const
export const brandsKey = ['brands'] as const
export const documentTypesKey = ['document-types'] as const
export const tagsKey = (shopId: string) => ['shop', shopId, 'tags'] as const
export const documentsKey = (shopId: string) => ['shop', shopId, 'documents'] as const

const choicesMax = 100

export const useCategories = () => useQueryOf(categoriesKey, () => api.category.tree({}))

/** Brands whose name has `q` in it. */
export const useBrands = (q: string) =>
  useQueryOf([...brandsKey, 'choice', q], () =>
    api.brand.list({ limit: choicesMax, ...(q === '' ? {} : { q }) }),
  )

export const useTags = (shopId: string) =>
  useQueryOf([...tagsKey(shopId), 'choice'], () => api.tag.list({ shopId, limit: choicesMax }))

export const useDocumentTypes = () =>
  useQueryOf([...documentTypesKey, 'choice'], () => api.documentType.list({ limit: choicesMax }))
