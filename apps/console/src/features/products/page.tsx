import type { ProductCard } from '@kaibo/contract/goods/catalog'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { Select, TreeSelect } from 'antd'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { ResourcePage } from '../../components/list/resource-page.tsx'
import { type Filters, useFilters } from '../../components/list/use-filters.ts'
import { useMyShop, useWorkplace } from '../account/workplace.tsx'
import { treeOf } from '../goods/model.ts'
import { useBrands, useCategories, useTags } from '../goods/use-goods.ts'
import { StockDrawer } from '../stock/stock-drawer.tsx'
import { ProductsBulk } from './bulk.tsx'
import { CardOf, useColumns } from './columns.tsx'
import { shelfTabOf, shownTabs } from './model.ts'
import { ProductMenu } from './product-menu.tsx'
import { productsKey, useStockLive } from './use-products.ts'
import './products.css'

const searchMax = 40
/** So few are few. */
const lowMax = 5
const defaults = { state: 'all', q: '', category: '', brand: '', tag: '', low: '' }
type Filter = keyof typeof defaults

/** The products of the shop; the address holds the tab, the search and the filters. */
export function ProductsPage() {
  const t = useT()
  const { id: shopId } = useMyShop()
  const { can } = useWorkplace()
  const [, go] = useLocation()
  const [filters, change] = useFilters(defaults)
  const [stockOf, setStockOf] = useState<string | null>(null)
  const counts = useQueryOf([...productsKey(shopId), 'counts'], () =>
    api.catalog.counts({ shopId }),
  )
  useStockLive(shopId)
  const columns = useColumns(setStockOf)
  const tab = shelfTabOf(filters.state)
  const canManage = can('catalog.manage')
  return (
    <ResourcePage<ProductCard, Filter>
      id="products"
      title={t('products.title')}
      actions={
        <>
          <ProductMenu onShelfCount={counts.data?.on_shelf ?? 0} />
          {canManage && (
            <Link className="k-button" data-tone="primary" href="/products/new">
              {t('products.new')}
            </Link>
          )}
        </>
      }
      onNew={canManage ? () => go('/products/new') : undefined}
      filters={filters}
      onFilter={change}
      tabs={{
        filter: 'state',
        label: t('products.byState'),
        items: shownTabs(counts.data).map(id => ({
          id,
          label: t(`products.tab.${id}`),
          ...(id === 'all' || !counts.data ? {} : { count: counts.data[id] }),
        })),
      }}
      search={{ filter: 'q', label: t('products.search') }}
      narrow={<Narrow filters={filters} onFilter={change} />}
      queryKey={[...productsKey(shopId), 'list']}
      ask={page => api.catalog.manageList({ shopId, ...page, ...queryOf(filters) })}
      columns={columns}
      rowKey={card => card.id}
      rowName={card => card.title}
      card={card => <CardOf card={card} onStock={setStockOf} />}
      onOpen={card => go(`/products/${card.id}`)}
      empty={
        <Empty
          icon="bag"
          title={filters.q === '' ? t(`products.empty.${tab}`) : t('products.notFound')}
        />
      }
      {...(canManage
        ? { bulk: (cards, done) => <ProductsBulk cards={cards} onDone={done} /> }
        : {})}
    >
      <StockDrawer productId={stockOf} onClose={() => setStockOf(null)} />
    </ResourcePage>
  )
}

function queryOf({ state, q, category, brand, tag, low }: Filters<Filter>) {
  const tab = shelfTabOf(state)
  return {
    ...(tab === 'all' ? {} : { state: tab }),
    ...(q === '' ? {} : { q: q.slice(0, searchMax) }),
    ...(category === '' ? {} : { categoryId: category }),
    ...(brand === '' ? {} : { brandId: brand }),
    ...(tag === '' ? {} : { tagId: tag }),
    ...(low === '' ? {} : { availableMax: low === 'out' ? 0 : lowMax }),
  }
}

type NarrowProps = {
  filters: Filters<Filter>
  onFilter: (change: Partial<Filters<Filter>>) => void
}

/** Category, brand, tag and stock. */
function Narrow({ filters, onFilter }: NarrowProps) {
  const t = useT()
  const [language] = useLanguage()
  const { id: shopId } = useMyShop()
  const categories = useCategories()
  const brands = useBrands('')
  const tags = useTags(shopId)
  const named = (rows: readonly { id: string; name: string }[] | undefined) =>
    (rows ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const select = (filter: 'brand' | 'tag' | 'low', options: { value: string; label: string }[]) => (
    <Select
      aria-label={t(`products.by.${filter}`)}
      placeholder={t(`products.by.${filter}`)}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      value={filters[filter] || undefined}
      options={options}
      onChange={(value: string | undefined) => onFilter({ [filter]: value ?? '' })}
    />
  )
  return (
    <div className="products-narrow">
      <TreeSelect
        aria-label={t('products.by.category')}
        placeholder={t('products.by.category')}
        allowClear
        showSearch={{ treeNodeFilterProp: 'title' }}
        treeData={treeOf(categories.data?.items ?? [], language)}
        value={filters.category || undefined}
        popupMatchSelectWidth={false}
        onChange={(category: string | undefined) => onFilter({ category: category ?? '' })}
      />
      {select('brand', named(brands.data?.items))}
      {select('tag', named(tags.data?.items))}
      {select('low', [
        { value: 'low', label: t('products.low', { count: lowMax }) },
        { value: 'out', label: t('products.soldOut') },
      ])}
    </div>
  )
}
