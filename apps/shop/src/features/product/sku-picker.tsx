import type { Product } from '@kaibo/contract/catalog'
import { Stepper } from '@kaibo/ui/control/stepper.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { type Choice, chosenSku, priceRange, quantityMax, specsOf, specText } from './model.ts'
import './product.css'

export type Picked = { choice: Choice; quantity: number }

type SkuPickerProps = { product: Product; picked: Picked; onPick: (picked: Picked) => void }

/** Chooses one SKU and how many of it. */
export function SkuPicker({ product, picked, onPick }: SkuPickerProps) {
  const t = useT()
  const sku = chosenSku(product, picked.choice)
  const range = priceRange(product, picked.choice)
  const max = quantityMax(sku)
  return (
    <div className="sku-picker">
      <div className="sku-head">
        {product.pictureUrls[0] && <img src={product.pictureUrls[0]} alt="" />}
        <div>
          <Price fen={range.from} from={range.to > range.from} size="l" />
          <p className="k-muted" aria-live="polite">
            {sku ? t('product.left', { count: sku.available }) : t('product.choose')}
          </p>
          {sku && <p className="k-muted">{specText(sku.spec)}</p>}
        </div>
      </div>
      {specsOf(product, picked.choice).map(spec => (
        <fieldset key={spec.name}>
          <legend>{spec.name}</legend>
          <div className="sku-values">
            {spec.values.map(({ value, isChosen, isPossible }) => (
              <button
                key={value}
                type="button"
                aria-pressed={isChosen}
                disabled={!isPossible}
                onClick={() =>
                  onPick({
                    ...picked,
                    choice: { ...picked.choice, [spec.name]: value },
                    quantity: 1,
                  })
                }
              >
                {value}
              </button>
            ))}
          </div>
        </fieldset>
      ))}
      <div className="sku-quantity">
        <span>{t('product.quantity')}</span>
        <Stepper
          label={t('product.quantity')}
          value={Math.min(picked.quantity, Math.max(max, 1))}
          max={Math.max(max, 1)}
          onChange={quantity => onPick({ ...picked, quantity })}
        />
      </div>
    </div>
  )
}
