import type { Product } from '@kaibo/contract/goods/catalog'
import { Choices } from '@kaibo/ui/choice/choices.tsx'
import { Stepper } from '@kaibo/ui/control/stepper.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { type Sale, saleOfProduct } from '../sale/model.ts'
import { SaleLine } from '../sale/sale-line.tsx'
import { type Choice, chosenSku, pictureOf, priceRange, quantityMax, specsOf } from './model.ts'
import './product.css'

export type Picked = { choice: Choice; quantity: number }

type SkuPickerProps = {
  /** With the prices of what runs. */
  product: Product
  sales: ReadonlyMap<string, Sale>
  offsetMs: number
  picked: Picked
  onPick: (picked: Picked) => void
}

/** Chooses one SKU and how many of it. */
export function SkuPicker({ product, sales, offsetMs, picked, onPick }: SkuPickerProps) {
  const t = useT()
  const sku = chosenSku(product, picked.choice)
  const range = priceRange(product, picked.choice)
  const sale = sku ? sales.get(sku.id) : saleOfProduct(sales, product.id)
  const isOnSale = sku !== undefined && sale?.state === 'running'
  const max = Math.max(1, quantityMax(sku, product.limitPerBuyer))
  const picture = pictureOf(product, picked.choice)
  return (
    <div className="sku-picker">
      <div className="sku-head">
        {picture && <img src={picture} alt="" />}
        <div>
          <Price
            fen={range.from}
            wasFen={isOnSale ? sale.item.listPriceFen : undefined}
            from={range.to > range.from}
            size="l"
          />
          {sale && <SaleLine sale={sale} offsetMs={offsetMs} />}
          <p className="sku-subtitle k-clamp">{product.subtitle}</p>
          <p className="sku-left" aria-live="polite">
            {sku ? t('product.left', { count: sku.available }) : t('product.choose')}
          </p>
        </div>
      </div>
      {specsOf(product, picked.choice).map(({ name, values }) => (
        <Choices
          key={name}
          label={name}
          options={values.map(({ value, isPossible, pictureUrl }) => ({
            value,
            label: <SpecLabel value={value} pictureUrl={pictureUrl} />,
            disabled: !isPossible,
          }))}
          value={values.find(({ isChosen }) => isChosen)?.value ?? null}
          onChange={value =>
            onPick({ choice: { ...picked.choice, [name]: value }, quantity: picked.quantity })
          }
        />
      ))}
      <div className="sku-quantity">
        <span aria-hidden="true">{t('product.quantity')}</span>
        <Stepper
          label={t('product.quantity')}
          value={Math.min(picked.quantity, max)}
          max={max}
          onChange={quantity => onPick({ ...picked, quantity })}
        />
      </div>
    </div>
  )
}

const SpecLabel = ({ value, pictureUrl }: { value: string; pictureUrl: string | null }) => (
  <>
    {pictureUrl && <img className="sku-value-picture" src={pictureUrl} alt="" />}
    {value}
  </>
)
