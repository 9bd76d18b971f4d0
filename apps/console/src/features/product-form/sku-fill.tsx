import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { Amount } from './sku-cells.tsx'
import { type SkuMatrix, withAll } from './spec-model.ts'

type SkuFillProps = {
  matrix: SkuMatrix
  onChange: (matrix: SkuMatrix) => void
  withStock: boolean
  withWeight: boolean
}

const nothing = { priceText: '', stockText: '', weightText: '' }
type Texts = typeof nothing

/** Gives every variant the same price, stock or weight: what is typed, and only that. */
export function SkuFill({ matrix, onChange, withStock, withWeight }: SkuFillProps) {
  const t = useT()
  const [texts, setTexts] = useState<Texts>(nothing)
  const box = (key: keyof Texts, label: string, prefix?: string) => (
    <Amount
      label={label}
      placeholder={label}
      value={texts[key]}
      onChange={typed => setTexts({ ...texts, [key]: typed })}
      {...(prefix ? { prefix } : {})}
    />
  )
  const fill = () => {
    const typed = Object.entries(texts).filter(([, text]) => text !== '')
    onChange(withAll(matrix, Object.fromEntries(typed)))
    setTexts(nothing)
  }
  return (
    <fieldset className="sku-fill">
      <legend className="k-sr">{t('product.fillAll')}</legend>
      {box('priceText', t('product.allPrice'), '¥')}
      {withStock && box('stockText', t('product.allStock'))}
      {withWeight && box('weightText', t('product.allWeight'))}
      <Button size="s" onClick={fill}>
        {t('product.fillAll')}
      </Button>
    </fieldset>
  )
}
