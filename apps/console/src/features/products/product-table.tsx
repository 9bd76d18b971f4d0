import type { ProductCard } from '@kaibo/contract/catalog'
import { api } from '@kaibo/ui/data/api.tsx'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { type ReactNode, useState } from 'react'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { usePages } from '../../components/use-pages.ts'
import { useWorkplace } from '../account/workplace.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { type ShelfTab, shelfTones } from './model.ts'
import { ProductActions } from './product-actions.tsx'
import { ProductName } from './product-name.tsx'
import { productsKey } from './use-products.ts'

const pageSize = 20

type ProductTableProps = {
  filter: { shopId: string; tab: ShelfTab; q: string }
  search: ReactNode
  onStock: (productId: string) => void
}

export function ProductTable({ filter, search, onStock }: ProductTableProps) {
  const t = useT()
  const { can } = useWorkplace()
  const { shopId, tab, q } = filter
  const [ticked, setTicked] = useState<string[]>([])
  const columns = useColumns(onStock)
  const pages = usePages([...productsKey(shopId), 'list', tab, q], cursor =>
    api.catalog.manageList({
      shopId,
      limit: pageSize,
      ...(tab === 'all' ? {} : { state: tab }),
      ...(q === '' ? {} : { q }),
      ...cursor,
    }),
  )
  return (
    <div className="k-stack">
      <div className="toolbar">
        {search}
        {ticked.length > 0 && (
          <BulkBar cards={pages.items} ticked={ticked} onDone={() => setTicked([])} />
        )}
      </div>
      <DataTable
        label={t('products.title')}
        pages={pages}
        columns={columns}
        rowKey={card => card.id}
        rowName={card => card.title}
        card={card => <CardOf card={card} onStock={onStock} />}
        empty={<Empty icon="bag" title={q ? t('products.notFound') : t(`products.empty.${tab}`)} />}
        selection={can('catalog.manage') ? { keys: ticked, onChange: setTicked } : undefined}
      />
    </div>
  )
}

function useColumns(onStock: ProductTableProps['onStock']): Column<ProductCard>[] {
  const t = useT()
  return [
    {
      key: 'name',
      title: t('products.column.name'),
      cell: card => <ProductName card={card} />,
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

function CardOf({ card, onStock }: { card: ProductCard } & Pick<ProductTableProps, 'onStock'>) {
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
