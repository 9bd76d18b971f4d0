import { ApiError } from '@kaibo/client/client'
import type { OwnProduct } from '@kaibo/contract/goods/catalog'
import { api } from '@kaibo/ui/data/api.tsx'

/** Puts a product on the shelf; where the platform reviews first, hands it in instead. */
export async function putOn(owned: { shopId: string; id: string }): Promise<OwnProduct> {
  try {
    return await api.catalog.setShelf({ ...owned, state: 'on_shelf' })
  } catch (error) {
    const isUnreviewed = error instanceof ApiError && error.code === 'product.not_approved'
    if (!isUnreviewed) throw error
    const product = await api.catalog.manageView(owned)
    return product.state === 'in_review' ? product : api.catalog.submit(owned)
  }
}
