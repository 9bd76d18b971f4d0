import type { Deal } from '@kaibo/contract/offer/deal'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { askTogether } from './ask-together.ts'

/** As in the contract, whose schemas are too heavy for a page. */
const dealProductsMax = 40
/** Sales begin and end by themselves. */
const refreshMs = 60_000

const askDeal = askTogether<Deal>(
  async productIds => {
    const { items } = await api.deal.ofProducts({ productIds: productIds.join(',') })
    return new Map(items.map(deal => [deal.productId, deal]))
  },
  { batchMax: dealProductsMax },
)

/** What an activity makes of a product's price now; the tiles of a list ask with one request. */
export const useDealOf = (productId: string): Deal | null =>
  useQueryOf(['deal', productId], () => askDeal(productId), { everyMs: refreshMs }).data ?? null
