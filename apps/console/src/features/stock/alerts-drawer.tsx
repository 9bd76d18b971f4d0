import type { StockAlert } from '@kaibo/contract/goods/stock'
import { api } from '@kaibo/ui/data/api.tsx'
import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Empty, ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { Pager } from '../../components/list/pager.tsx'
import { usePages } from '../../components/list/use-pages.ts'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { productsKey } from '../products/use-products.ts'
import { SkuName } from './sku-name.tsx'

type AlertsDrawerProps = { open: boolean; onClose: () => void; shopId: string }

const pageSize = 20

/** Where stock ran low: one alert per crossing, closed when there is enough again. */
export function AlertsDrawer({ open, onClose, shopId }: AlertsDrawerProps) {
  const t = useT()
  return (
    <SideDrawer open={open} onClose={onClose} title={t('stockList.alerts')}>
      <Alerts shopId={shopId} />
    </SideDrawer>
  )
}

function Alerts({ shopId }: { shopId: string }) {
  const t = useT()
  const sentence = useErrorSentence()
  const pages = usePages([...productsKey(shopId), 'alerts'], cursor =>
    api.stock.alerts({ shopId, limit: pageSize, ...cursor }),
  )
  if (pages.isLoading) return <SkeletonList rows={6} />
  if (pages.error && pages.items.length === 0)
    return <ErrorState onRetry={pages.retry}>{sentence(pages.error)}</ErrorState>
  if (pages.items.length === 0) return <Empty icon="check" title={t('stockList.noAlerts')} />
  return (
    <>
      <ol className="movements">
        {pages.items.map(alert => (
          <Alert key={alert.id} alert={alert} />
        ))}
      </ol>
      <Pager pages={pages} />
    </>
  )
}

function Alert({ alert }: { alert: StockAlert }) {
  const t = useT()
  const format = useFormat()
  const { available, lowBelow, restoredAt } = alert
  return (
    <li>
      <div className="movement-head">
        <SkuName sku={alert} />
        <Badge tone={restoredAt ? 'plain' : 'warning'}>
          {t(restoredAt ? 'stockList.alertRestored' : 'stockList.alertOpen')}
        </Badge>
      </div>
      <p className="k-muted k-num">
        {t('stockList.alertText', { available, lowBelow })} · {format.dateTime(alert.at)}
      </p>
    </li>
  )
}
