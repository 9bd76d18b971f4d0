import type { CouponTemplate } from '@kaibo/contract/offer/coupon'
import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { Progress } from 'antd'
import type { ReactNode } from 'react'
import { statusOf } from './model.ts'

/** What it promises, in one line. */
export function OffText({ row }: { row: CouponTemplate }) {
  const t = useT()
  const format = useFormat()
  const { off, thresholdFen, code } = row
  const amount = 'fen' in off ? format.fen(off.fen) : format.basisPoints(off.bps)
  return (
    <span className="k-muted coupon-promise">
      {thresholdFen > 0
        ? t('coupons.promise', { amount, threshold: format.fen(thresholdFen) })
        : t('coupons.promiseFree', { amount })}
      {'bps' in off && off.maxFen !== null && (
        <> · {t('coupons.promiseMax', { amount: format.fen(off.maxFen) })}</>
      )}
      {code && <code>{code}</code>}
    </span>
  )
}

/** How many of all are out; what unpaid orders hold is told as well. */
export function Issued({ row }: { row: CouponTemplate }) {
  const t = useT()
  const { issuedCount, totalCount, lockedCount } = row
  return (
    <div className="coupon-issued">
      <span className="k-num">
        {issuedCount.toLocaleString()} / {totalCount.toLocaleString()}
        {lockedCount > 0 && (
          <span className="k-muted"> · {t('coupons.locked', { count: lockedCount })}</span>
        )}
      </span>
      <Progress
        percent={(issuedCount / totalCount) * 100}
        showInfo={false}
        size="small"
        strokeColor="var(--accent)"
      />
    </div>
  )
}

type RowActionsProps = { row: CouponTemplate; onMore: () => void; onStop: () => void }

export function RowActions({ row, onMore, onStop }: RowActionsProps) {
  const t = useT()
  if (statusOf(row) === 'over') return null
  return (
    <span className="coupon-actions">
      {!row.isStopped && (
        <Button size="s" tone="plain" onClick={onMore}>
          {t('coupons.more')}
        </Button>
      )}
      <Button size="s" tone="plain" onClick={onStop}>
        {t(row.isStopped ? 'coupons.resume' : 'coupons.stop')}
      </Button>
    </span>
  )
}

type CouponCardProps = { row: CouponTemplate; status: ReactNode; actions: ReactNode }

/** The row where there is no room for columns. */
export function CouponCard({ row, status, actions }: CouponCardProps) {
  const t = useT()
  const format = useFormat()
  return (
    <div className="coupon-card">
      <div className="coupon-card-head">
        <strong className="k-clamp">{row.title}</strong>
        {status}
      </div>
      <OffText row={row} />
      <Issued row={row} />
      <span className="k-muted">
        {t('coupons.usedLine', {
          count: format.count(row.usedCount),
          amount: format.fen(row.offFen),
        })}
      </span>
      {actions}
    </div>
  )
}
