import type { ProductCard } from '@kaibo/contract/goods/catalog'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import type { Column } from '../../components/list/data-table.tsx'
import { pathText } from '../goods/model.ts'
import { useCategories } from '../goods/use-goods.ts'
import { shelfTones } from './model.ts'
import { ProductActions } from './product-actions.tsx'
import { ProductName } from './product-name.tsx'

type OnStock = (productId: string) => void

/** What the list shows of a product. */
export function useColumns(onStock: OnStock): Column<ProductCard>[] {
  const t = useT()
  const [language] = useLanguage()
  const categories = useCategories().data?.items ?? []
  return [
    {
      key: 'name',
      title: t('products.column.name'),
      cell: card => <ProductName card={card} />,
    },
    {
      key: 'category',
      title: t('products.column.category'),
      cell: card => (
        <span className="product-category k-muted">
          {pathText(categories, card.categoryId, language) || t('products.none')}
        </span>
      ),
    },
    {
      key: 'price',
      title: t('products.column.price'),
      align: 'end',
      cell: card => <PriceRange card={card} />,
    },
    {
      key: 'available',
      title: t('products.column.available'),
      align: 'end',
      cell: card => (
        <span className="k-num" data-low={card.available === 0 || undefined}>
          {card.available === 0 ? t('products.soldOut') : card.available}
        </span>
      ),
    },
    {
      key: 'skus',
      title: t('products.column.skus'),
      align: 'end',
      cell: card => <span className="k-num">{card.skuCount}</span>,
    },
    {
      key: 'state',
      title: t('products.column.state'),
      cell: card => <ShelfBadge card={card} />,
    },
    {
      key: 'actions',
      title: t('products.column.actions'),
      cell: card => <ProductActions card={card} onStock={onStock} />,
    },
  ]
}

const ShelfBadge = ({ card }: { card: ProductCard }) => {
  const t = useT()
  return <Badge tone={shelfTones[card.state]}>{t(`products.state.${card.state}`)}</Badge>
}

const PriceRange = ({ card }: { card: ProductCard }) => (
  <span className="price-range">
    <Price fen={card.priceFromFen} size="s" tone="plain" />
    {card.priceToFen > card.priceFromFen && (
      <>
        {' – '}
        <Price fen={card.priceToFen} size="s" tone="plain" />
      </>
    )}
  </span>
)

/** The same on a phone. */
export function CardOf({ card, onStock }: { card: ProductCard; onStock: OnStock }) {
  const t = useT()
  return (
    <>
      <ProductName card={card} />
      <div className="product-card-facts">
        <ShelfBadge card={card} />
        <PriceRange card={card} />
        <span className="k-muted">
          {card.available === 0
            ? t('products.soldOut')
            : t('products.availableCount', { count: card.available })}
        </span>
      </div>
      <ProductActions card={card} onStock={onStock} />
    </>
  )
}
