import { ApiError } from '@kaibo/client/client'
import type { BagItem } from '@kaibo/contract/show/showcase'
import { newId } from '@kaibo/kernel/ids'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useState } from 'react'
import { RecordedAs } from '../guard/recorded-as.tsx'
import { type GoodsChange, goodsChange } from './model.ts'
import './prices.css'
import { productKey, useVariants } from './use-variants.ts'

type GoodsDialogProps = {
  shopId: string
  liveId: string
  item: BagItem
  open: boolean
  onClose: () => void
}

const untyped: { price: string; stock: Record<string, string> } = { price: '', stock: {} }

/** Price and stock of a product, changed without leaving the show; buyers see it at once. */
export function GoodsDialog({ shopId, liveId, item, open, onClose }: GoodsDialogProps) {
  const t = useT()
  const format = useFormat()
  const [typed, setTyped] = useState(untyped)
  const [isChecked, setChecked] = useState(false)
  const { product, number } = item
  const variants = useVariants(open ? item : null)
  const change = goodsChange(variants, typed)
  const close = () => {
    setTyped(untyped)
    setChecked(false)
    onClose()
  }
  const save = useActionOf(
    (wanted: GoodsChange) =>
      apply(wanted, { shopId, productId: product.id, note: t('goods.note') }),
    {
      refresh: [['bag', liveId], productKey(product.id)],
      onDone() {
        close()
        toast.success(t('goods.done'))
      },
    },
  )
  return (
    <Dialog
      open={open}
      onClose={close}
      onConfirm={() => {
        setChecked(true)
        if (variants.length > 0 && change) save.run(change)
      }}
      busy={save.busy}
      title={t('goods.title')}
      confirmLabel={t('goods.save')}
    >
      <div className="k-stack desk-form">
        <p>{t('suggest.product', { number, title: product.title })}</p>
        <TextField
          label={t(variants.length > 1 ? 'goods.priceFrom' : 'goods.price')}
          hint={variants.length > 1 ? t('goods.priceHint') : undefined}
          inputMode="decimal"
          placeholder={format.fen(product.priceFromFen)}
          value={typed.price}
          onChange={event => setTyped({ ...typed, price: event.target.value })}
        />
        <div className="price-fields">
          {variants.map(({ id, spec, available }) => (
            <TextField
              key={id}
              label={Object.values(spec).join(' · ') || t('goods.stock')}
              inputMode="numeric"
              placeholder={t('bag.stock', { count: available })}
              value={typed.stock[id] ?? ''}
              onChange={event =>
                setTyped({ ...typed, stock: { ...typed.stock, [id]: event.target.value } })
              }
            />
          ))}
        </div>
        {isChecked && variants.length > 0 && !change && (
          <p className="goods-problem" role="alert">
            {t('goods.wrong')}
          </p>
        )}
        <RecordedAs />
      </div>
    </Dialog>
  )
}

/** Each step counts by itself: what was refused is told, and the numbers are looked at anew. */
async function apply(
  { priceDeltaFen, adjustments }: GoodsChange,
  { shopId, productId, note }: { shopId: string; productId: string; note: string },
): Promise<void> {
  for (const { skuId, delta } of adjustments)
    await api.stock.adjust({ shopId, skuId, id: newId(), delta, note })
  if (priceDeltaFen === 0) return
  const { rows } = await api.catalog.bulk({ shopId, ids: [productId], change: { priceDeltaFen } })
  const problem = rows[0]?.problem
  if (problem) throw new ApiError({ status: 422, code: problem, title: problem })
}
