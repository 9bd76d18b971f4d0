import type { CouponTemplate } from '@kaibo/contract/offer/coupon'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { CountField } from '../../components/form/fields.tsx'
import { FormDrawer } from '../../components/form/form-drawer.tsx'
import { parseCount } from '../../components/form/yuan.ts'
import { couponsOf } from './use-coupons.ts'

type MoreDialogProps = {
  template: CouponTemplate | null
  onClose: () => void
  shopId: string | null
}

/** Issues more of a coupon; fewer than are out is impossible. */
export function MoreDialog({ template, onClose, shopId }: MoreDialogProps) {
  const t = useT()
  const coupons = couponsOf(shopId)
  const [moreText, setMoreText] = useState('')
  const [isWrong, setWrong] = useState(false)
  const leave = () => {
    setMoreText('')
    setWrong(false)
    onClose()
  }
  const change = useActionOf(coupons.change, { refresh: [coupons.key], onDone: leave })
  const submit = () => {
    const more = parseCount(moreText, 10_000_000)
    if (more === null || more === 0 || !template) setWrong(true)
    else change.run({ id: template.id, totalCount: template.totalCount + more })
  }
  return (
    <FormDrawer
      open={template !== null}
      onClose={leave}
      title={t('coupons.moreTitle', { title: template?.title ?? '' })}
      submitLabel={t('coupons.more')}
      busy={change.busy}
      onSubmit={submit}
    >
      <CountField
        label={t('coupons.moreCount')}
        hint={t('coupons.moreHint', { count: template?.totalCount ?? 0 })}
        value={moreText}
        error={isWrong ? t('coupons.problem.total') : undefined}
        onChange={setMoreText}
      />
    </FormDrawer>
  )
}
