import type { BagItem } from '@kaibo/contract/show/showcase'
import { newId } from '@kaibo/kernel/ids'
import { fen } from '@kaibo/kernel/money'
import { SelectField, TextField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useState } from 'react'
import { RecordedAs } from '../guard/recorded-as.tsx'
import { countOf, fenOfYuan } from './model.ts'
import './prices.css'
import { useVariants } from './use-variants.ts'

type PriceDialogProps = {
  shopId: string
  liveId: string
  /** What gets a price of this room; null = nothing is asked. */
  item: BagItem | null
  onClose: () => void
}

const empty = { skuId: '', price: '', quota: '20', each: '', minutes: '15' }
const titleMax = 30
/** The show ends it anyway. */
const minutesMax = 240

/** A price that holds in this room alone: how much, how many, for how long; one dialog, one call. */
export function PriceDialog({ shopId, liveId, item, onClose }: PriceDialogProps) {
  const t = useT()
  const [typed, setTyped] = useState(empty)
  const [isChecked, setChecked] = useState(false)
  const plan = planOf(typed)
  const variants = useVariants(item)
  const variant = variants.find(({ id }) => id === typed.skuId) ?? variants[0]
  const give = useActionOf(
    ({ product }: BagItem) =>
      api.flashsale.priceInRoom({
        shopId,
        id: liveId,
        saleId: newId(),
        title: product.title.slice(0, titleMax),
        productId: product.id,
        skuId: variant?.id ?? null,
        priceFen: fen(plan.priceFen ?? 0),
        quota: plan.quota ?? 0,
        perPersonMax: plan.perPersonMax ?? null,
        minutes: plan.minutes ?? 0,
      }),
    {
      refresh: [
        ['room-prices', liveId],
        ['bag', liveId],
      ],
      onDone() {
        setTyped(empty)
        setChecked(false)
        onClose()
        toast.success(t('prices.done'))
      },
    },
  )
  const field = (name: Exclude<keyof typeof empty, 'skuId'>, isWrong: boolean) => ({
    label: t(`prices.${name}`),
    value: typed[name],
    inputMode: name === 'price' ? ('decimal' as const) : ('numeric' as const),
    error: isChecked && isWrong ? t(`prices.wrong.${name}`) : undefined,
    onChange: (event: { target: HTMLInputElement }) =>
      setTyped({ ...typed, [name]: event.target.value }),
  })
  const isTooDear = (plan.priceFen ?? 0) >= (variant?.priceFen ?? Number.POSITIVE_INFINITY)
  const isWrong = Object.values(plan).includes(undefined) || isTooDear
  return (
    <Dialog
      open={item !== null}
      onClose={onClose}
      onConfirm={() => {
        setChecked(true)
        if (item && variant && !isWrong) give.run(item)
      }}
      busy={give.busy}
      title={t('prices.title')}
      confirmLabel={t('prices.give')}
    >
      {item && (
        <div className="k-stack desk-form">
          <p>
            {t('suggest.product', { number: item.number, title: item.product.title })}{' '}
            {variant && <Price fen={variant.priceFen} size="s" tone="plain" />}
          </p>
          {variants.length > 1 && (
            <SelectField
              label={t('prices.variant')}
              value={variant?.id ?? ''}
              options={variants.map(({ id, spec }) => ({
                value: id,
                label: Object.values(spec).join(' · '),
              }))}
              onChange={event => setTyped({ ...typed, skuId: event.target.value })}
            />
          )}
          <div className="price-fields">
            <TextField
              {...field('price', plan.priceFen === undefined || isTooDear)}
              before={<span className="price-sign">¥</span>}
            />
            <TextField {...field('quota', plan.quota === undefined)} />
            <TextField {...field('minutes', plan.minutes === undefined)} />
            <TextField {...field('each', plan.perPersonMax === undefined)} optional />
          </div>
          <p className="k-muted">{t('prices.hint')}</p>
          <RecordedAs />
        </div>
      )}
    </Dialog>
  )
}

/** What was typed as numbers; undefined where it is none, null for no limit. */
function planOf(typed: typeof empty) {
  const minutes = countOf(typed.minutes)
  return {
    priceFen: fenOfYuan(typed.price),
    quota: countOf(typed.quota),
    perPersonMax: typed.each.trim() === '' ? null : countOf(typed.each),
    minutes: minutes !== undefined && minutes <= minutesMax ? minutes : undefined,
  }
}
