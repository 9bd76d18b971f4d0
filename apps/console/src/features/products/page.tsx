import { Tabs } from '@kaibo/ui/control/tabs.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import { PageShell } from '../../components/page-shell.tsx'
import { SearchBox } from '../../components/search-box.tsx'
import { useMyShop, useWorkplace } from '../account/workplace.tsx'
import { StockDrawer } from '../stock/stock-drawer.tsx'
import { shelfTabOf, shelfTabs } from './model.ts'
import { ProductTable } from './product-table.tsx'
import { useStockLive } from './use-products.ts'
import './products.css'

const searchMax = 40

/** The products of the shop; the address holds the tab and the search. */
export function ProductsPage() {
  const t = useT()
  const shop = useMyShop()
  const { can } = useWorkplace()
  const [params, setParams] = useSearchParams()
  const [stockOf, setStockOf] = useState<string | null>(null)
  const tab = shelfTabOf(params.get('state'))
  const q = (params.get('q') ?? '').slice(0, searchMax)
  useStockLive(shop.id)

  const filter = (next: { state?: string; q?: string }) =>
    setParams(
      Object.entries({ state: tab, q, ...next }).filter(
        ([, value]) => value !== '' && value !== 'all',
      ),
    )
  return (
    <PageShell
      title={t('products.title')}
      actions={
        can('catalog.manage') && (
          <Link className="k-button" data-tone="primary" href="/products/new">
            {t('products.new')}
          </Link>
        )
      }
    >
      <Tabs
        label={t('products.byState')}
        tabs={shelfTabs.map(id => ({ id, label: t(`products.tab.${id}`) }))}
        value={tab}
        onChange={state => filter({ state })}
      >
        <ProductTable
          // Another list begins at its first page, with nothing ticked.
          key={`${tab} ${q}`}
          filter={{ shopId: shop.id, tab, q }}
          search={
            <SearchBox
              label={t('products.search')}
              value={q}
              onSearch={typed => filter({ q: typed.trim() })}
            />
          }
          onStock={setStockOf}
        />
      </Tabs>
      <StockDrawer productId={stockOf} onClose={() => setStockOf(null)} />
    </PageShell>
  )
}
