import type { Order } from '@kaibo/contract/trade/order'
import type { OrderFilter } from '@kaibo/contract/trade/orderdesk'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { ResourcePage } from '../../components/list/resource-page.tsx'
import { useFilters } from '../../components/list/use-filters.ts'
import { useMyShop, useWorkplace } from '../account/workplace.tsx'
import { ExportMenu } from './desk/export-menu.tsx'
import { PackingLists } from './desk/packing-list.tsx'
import { ShipSheetDialog } from './desk/ship-sheet-dialog.tsx'
import { OrderDrawer } from './detail/order-drawer.tsx'
import { filterDefaults, isNarrowed, type OrderFilters, orderQuery } from './list/filters.ts'
import { OrderNarrow } from './list/narrow.tsx'
import { OrderCard, useOrderColumns } from './list/order-columns.tsx'
import { numberQuery, tabOf, tabs, toShip } from './model.ts'
import { ShipDialog } from './ship-dialog.tsx'
import { ordersKey, useOrdersLive } from './use-orders.ts'
import './orders.css'

const refreshMs = 1_500

/** The orders of the shop; the address holds what is looked for and the order that is open. */
export function OrdersPage({ orderId }: { orderId: string | null }) {
  const t = useT()
  const shop = useMyShop()
  const [params] = useSearchParams()
  const [, go] = useLocation()
  const [filters, setFilters] = useFilters(filterDefaults)
  const [shipping, setShipping] = useState<readonly Order[]>([])
  const [printing, setPrinting] = useState<readonly Order[]>([])
  const [isUploading, setUploading] = useState(false)
  const query = orderQuery(filters)
  const open = (id: string | null) =>
    go(`/orders${id ? `/${id}` : ''}${params.size > 0 ? `?${params}` : ''}`)
  const row = { onOpen: open, onShip: setShipping }
  const columns = useOrderColumns(row)
  const counts = useCounts(shop.id, query)
  useOrdersLive(shop.id, refreshMs)
  return (
    <ResourcePage
      id="orders"
      title={t('orders.title')}
      hint={t('orders.hint')}
      actions={<Files query={query} onUpload={() => setUploading(true)} />}
      filters={filters}
      onFilter={change =>
        setFilters(
          change.number === undefined ? change : { ...change, number: numberQuery(change.number) },
        )
      }
      tabs={{
        filter: 'state',
        label: t('orders.byState'),
        items: tabs.map(id => ({ id, label: t(`orders.tab.${id}`), ...counts(id) })),
      }}
      search={{ filter: 'number', label: t('orders.search') }}
      narrow={<OrderNarrow filters={filters} onFilter={setFilters} />}
      queryKey={[...ordersKey(shop.id), 'list']}
      ask={page => api.orderdesk.list({ shopId: shop.id, ...query, ...page })}
      columns={columns}
      rowKey={order => order.id}
      rowName={order => order.number}
      card={order => <OrderCard order={order} {...row} />}
      onOpen={order => open(order.id)}
      empty={<NoOrders filters={filters} />}
      bulk={(ticked, done) => (
        <Bulk
          ticked={ticked}
          onShip={queue => {
            setShipping(queue)
            done()
          }}
          onPrint={setPrinting}
        />
      )}
    >
      <OrderDrawer
        orderId={orderId}
        onClose={() => open(null)}
        onShip={setShipping}
        onPrint={order => setPrinting([order])}
      />
      <ShipDialog queue={shipping} onClose={() => setShipping([])} />
      <ShipSheetDialog open={isUploading} onClose={() => setUploading(false)} />
      <PackingLists orders={printing} onDone={() => setPrinting([])} />
    </ResourcePage>
  )
}

/** Orders as a file: out, and in again with waybill numbers. */
function Files({ query, onUpload }: { query: OrderFilter; onUpload: () => void }) {
  const t = useT()
  const shop = useMyShop()
  const { can } = useWorkplace()
  return (
    <>
      <ExportMenu shopId={shop.id} query={query} canReveal={can('order.reveal')} />
      <Button icon="truck" onClick={onUpload}>
        {t('desk.shipSheet')}
      </Button>
    </>
  )
}

function NoOrders({ filters }: { filters: OrderFilters }) {
  const t = useT()
  const tab = tabOf(filters.state)
  return (
    <Empty
      icon="orders"
      title={t(isNarrowed(filters) ? 'orders.notFound' : `orders.empty.${tab}`)}
    />
  )
}

type BulkProps = {
  ticked: readonly Order[]
  onShip: (queue: readonly Order[]) => void
  onPrint: (orders: readonly Order[]) => void
}

/** What can be done with all ticked orders at once. */
function Bulk({ ticked, onShip, onPrint }: BulkProps) {
  const t = useT()
  const waiting = toShip(ticked)
  return (
    <>
      <Button
        size="s"
        tone="primary"
        icon="truck"
        disabled={waiting.length === 0}
        onClick={() => onShip(waiting)}
      >
        {t('orders.shipAll', { count: waiting.length })}
      </Button>
      <Button size="s" onClick={() => onPrint(ticked)}>
        {t('desk.print')}
      </Button>
    </>
  )
}

/** How many orders each tab has. */
function useCounts(shopId: string, { state: _, ...query }: ReturnType<typeof orderQuery>) {
  const { data } = useQueryOf([...ordersKey(shopId), 'counts', query], () =>
    api.orderdesk.counts({ shopId, ...query }),
  )
  return (tab: (typeof tabs)[number]): { count?: number } => {
    if (!data) return {}
    const all = Object.values(data).reduce((sum, count) => sum + count, 0)
    return { count: tab === 'all' ? all : data[tab] }
  }
}
