import type { ProductCard } from '@kaibo/contract/goods/catalog'
import type { Deal } from '@kaibo/contract/offer/deal'
import { Price } from '@kaibo/ui/display/price.tsx'

type PriceNowProps = { product: ProductCard; deal: Deal | null }

/** What a product costs now: by an activity, with the shelf's price beside it; else on the shelf. */
export function PriceNow({ product, deal }: PriceNowProps) {
  if (deal) return <Price fen={deal.priceFen} wasFen={deal.listPriceFen} from={deal.isFrom} />
  const { priceFromFen, priceToFen, strikeFen, state } = product
  return (
    <Price
      fen={priceFromFen}
      wasFen={strikeFen ?? undefined}
      from={priceToFen > priceFromFen}
      tone={state === 'on_shelf' ? 'accent' : 'plain'}
    />
  )
}
