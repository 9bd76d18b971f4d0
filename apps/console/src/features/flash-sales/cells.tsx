import type { FlashSale, FlashSaleState } from '@kaibo/contract/offer/flashsale'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { Progress } from 'antd'
import { soldShare } from './model.ts'

const tones = {
  scheduled: 'info',
  running: 'accent',
  ended: 'plain',
  cancelled: 'plain',
} as const satisfies Record<FlashSaleState, string>

export function SaleBadge({ row }: { row: FlashSale }) {
  const t = useT()
  if (row.isShort) return <Badge tone="warning">{t('flash.short')}</Badge>
  return <Badge tone={tones[row.state]}>{t(`flash.tab.${row.state}`)}</Badge>
}

export function SaleName({ row }: { row: FlashSale }) {
  const t = useT()
  return (
    <div className="sale-name">
      <span>
        <strong>{row.title}</strong> <SaleBadge row={row} />
      </span>
      <span className="k-muted">
        {t(`flash.channel.${row.channel}`)} · {t('flash.itemCount', { count: row.items.length })}
      </span>
    </div>
  )
}

export function When({ row }: { row: FlashSale }) {
  const format = useFormat()
  return (
    <span className="k-num sale-when">
      {format.dateTime(row.startsAt)} – {format.dateTime(row.endsAt)}
    </span>
  )
}

export function Sold({ row }: { row: FlashSale }) {
  const t = useT()
  const quota = row.items.reduce((sum, item) => sum + item.quota, 0)
  return (
    <div className="sale-sold">
      <span className="k-num">{t('flash.sold', { sold: row.soldCount, quota })}</span>
      <Progress
        percent={soldShare(row) * 100}
        showInfo={false}
        size="small"
        strokeColor="var(--accent)"
      />
    </div>
  )
}
