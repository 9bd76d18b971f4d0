import type { Order } from '@kaibo/contract/order'
import { Tabs } from '@kaibo/ui/control/tabs.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { PageShell } from '../../components/page-shell.tsx'
import { SearchBox } from '../../components/search-box.tsx'
import { useMyShop } from '../account/workplace.tsx'
import { numberQuery, tabOf, tabs } from './model.ts'
import { OrderDrawer } from './order-drawer.tsx'
import { OrderTable } from './order-table.tsx'
import { ShipDialog } from './ship-dialog.tsx'
import { useOrdersLive } from './use-orders.ts'
import './orders.css'

const refreshMs = 1_500

/** The orders of the shop; the address holds the tab, the search and the order that is open. */
export function OrdersPage({ orderId }: { orderId: string | null }) {
  const t = useT()
  const shop = useMyShop()
  const [params, setParams] = useSearchParams()
  const [, go] = useLocation()
  const [shipping, setShipping] = useState<readonly Order[]>([])
  const tab = tabOf(params.get('state'))
  const number = numberQuery(params.get('number') ?? '')
  useOrdersLive(shop.id, refreshMs)

  const filter = (next: { state?: string; number?: string }) =>
    setParams(
      Object.entries({ state: tab, number, ...next }).filter(
        ([, value]) => value !== '' && value !== 'all',
      ),
    )
  const open = (id: string | null) => go(`/orders${id ? `/${id}` : ''}${queryOf(params)}`)

  return (
    <PageShell title={t('orders.title')} hint={t('orders.hint')}>
      <Tabs
        label={t('orders.byState')}
        tabs={tabs.map(id => ({ id, label: t(`orders.tab.${id}`) }))}
        value={tab}
        onChange={state => filter({ state })}
      >
        <OrderTable
          // Another list begins at its first page.
          key={`${tab} ${number}`}
          filter={{ shopId: shop.id, tab, number }}
          search={
            <SearchBox
              label={t('orders.search')}
              value={number}
              onSearch={typed => filter({ number: numberQuery(typed) })}
            />
          }
          onOpen={open}
          onShip={setShipping}
        />
      </Tabs>
      <OrderDrawer orderId={orderId} onClose={() => open(null)} onShip={setShipping} />
      <ShipDialog queue={shipping} onClose={() => setShipping([])} />
    </PageShell>
  )
}

const queryOf = (params: URLSearchParams): string => (params.size > 0 ? `?${params}` : '')
