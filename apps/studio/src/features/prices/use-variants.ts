import type { BagItem } from '@kaibo/contract/show/showcase'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'

export const productKey = (productId: string) => ['product', productId]

/** The variants of a product that can be sold now, as buyers see them; none while nothing is asked. */
export function useVariants(item: BagItem | null) {
  const productId = item?.product.id ?? ''
  const product = useQueryOf(productKey(productId), () => api.catalog.view({ id: productId }), {
    enabled: item !== null,
  })
  return product.data?.skus.filter(({ isDisabled }) => !isDisabled) ?? []
}
