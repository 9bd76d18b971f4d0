import type { FlashSaleCard } from '@kaibo/contract/offer/flashsale'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Countdown } from '@kaibo/ui/live/countdown.tsx'
import { Link } from 'wouter'
import { Picture } from '../goods/product-tile.tsx'

const refreshMs = 30_000

export const useFlashSales = () =>
  useQueryOf(['flash-sales'], () => api.flashsale.showing({}), { everyMs: refreshMs })

/** The flash sale that runs and ends first, for everybody; not there when none runs. */
export function FlashStrip() {
  const t = useT()
  const query = useFlashSales()
  const { items = [], now } = query.data ?? {}
  const sale = now && runningFirst(items, now)
  if (!sale) return null
  return (
    <section className="mall-section mall-flash">
      <header className="mall-head">
        <h2>{t('mall.flash')}</h2>
        <Countdown
          key={sale.id}
          endsAtMs={Date.parse(sale.endsAt)}
          offsetMs={Date.parse(now) - query.dataUpdatedAt}
          onEnd={() => void query.refetch()}
        />
        <span className="k-muted k-clamp" style={{ '--lines': 1 }}>
          {sale.title}
        </span>
      </header>
      <ul className="mall-strip">
        {sale.items.map(item => (
          <li key={item.id} className="mall-deal">
            <Link href={`/product/${item.productId}`}>
              <span className="goods-picture" data-gone={item.leftCount === 0}>
                <Picture url={item.pictureUrl} />
              </span>
              <strong className="k-clamp">{item.title}</strong>
              <Price fen={item.priceFen} wasFen={item.listPriceFen} size="m" />
              <Left share={item.leftCount / item.quota} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** How much of the quota is left: true numbers, in words and as a bar. */
function Left({ share }: { share: number }) {
  const t = useT()
  const percent = Math.ceil(share * 100)
  return (
    <small className="mall-left">
      <span className="mall-left-bar" style={{ '--share': share }} aria-hidden="true" />
      {percent === 0 ? t('bag.soldOut') : t('mall.left', { percent })}
    </small>
  )
}

const runningFirst = (sales: readonly FlashSaleCard[], now: string): FlashSaleCard | undefined =>
  sales
    .filter(sale => sale.channel === 'everywhere' && sale.startsAt <= now && now < sale.endsAt)
    .toSorted((a, b) => a.endsAt.localeCompare(b.endsAt))[0]
