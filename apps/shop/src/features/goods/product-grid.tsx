import type { SearchHit } from '@kaibo/contract/goods/search'
import { Skeleton } from '@kaibo/ui/feedback/skeleton.tsx'
import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react'
import { MorePages, type Pages } from '../../shell/pages.tsx'
import { Trouble } from '../../shell/trouble.tsx'
import { ProductTile } from './product-tile.tsx'

const earlyCount = 6

/** Products in as many columns as there is room for. */
export const ProductGrid = ({ hits }: { hits: readonly SearchHit[] }) => (
  <ul className="goods-grid">
    {hits.map(({ product, soldCount }, at) => (
      <ProductTile
        key={product.id}
        product={product}
        soldCount={soldCount}
        isEarly={at < earlyCount}
      />
    ))}
  </ul>
)

export const ProductGridSkeleton = () => (
  <ul className="goods-grid" aria-busy="true">
    {[1, 2, 3, 4, 5, 6, 7, 8].map(place => (
      <li key={place} className="goods-tile">
        <Skeleton height="auto" />
        <Skeleton height="1.2em" width="80%" />
        <Skeleton height="1.2em" width="40%" />
      </li>
    ))}
  </ul>
)

type EndlessGridProps = {
  pages: Pages & { items: readonly SearchHit[] }
  /** What is shown when there is nothing. */
  empty: ReactNode
}

/** A list that goes on while one scrolls; the button is there for keys and for when it does not. */
export function EndlessGrid({ pages, empty }: EndlessGridProps) {
  const end = useRef<HTMLDivElement>(null)
  const { hasMore, isBusy, error } = pages
  const more = useEffectEvent(() => pages.more())
  const canGoOn = hasMore && !isBusy && !error
  useEffect(() => {
    if (!end.current || !canGoOn) return
    const watch = new IntersectionObserver(
      entries => entries.some(entry => entry.isIntersecting) && more(),
      { rootMargin: '600px' },
    )
    watch.observe(end.current)
    return () => watch.disconnect()
  }, [canGoOn])
  if (pages.isLoading) return <ProductGridSkeleton />
  if (error && pages.items.length === 0) return <Trouble error={error} onRetry={pages.retry} />
  if (pages.isEmpty) return empty
  return (
    <>
      <ProductGrid hits={pages.items} />
      <div ref={end} className="goods-end">
        <MorePages pages={pages} />
      </div>
    </>
  )
}
