import { Tick } from '@kaibo/ui/choice/tick.tsx'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { lengthMax } from './form-model.ts'
import { SkuCells } from './sku-cells.tsx'
import { SkuFill } from './sku-fill.tsx'
import { rowsOf, type SkuMatrix, withDraft } from './spec-model.ts'

type SkuTableProps = {
  matrix: SkuMatrix
  onChange: (matrix: SkuMatrix) => void
  problem: (field: string) => string | undefined
  /** Where list prices come from, and how to change it. */
  strikeSource: string
  onStrikeSource: (source: string) => void
}

/** A price for every SKU, and the stock that a new one begins with. */
export function SkuTable(props: SkuTableProps) {
  const { matrix, onChange, problem, strikeSource, onStrikeSource } = props
  const t = useT()
  const rows = rowsOf(matrix)
  const [isWide, setWide] = useState(() => rows.some(row => isWeighed(row.draft)))
  const hasSpecs = matrix.specs.length > 0
  const isNew = rows.some(row => row.draft.isOffered && row.draft.available === null)
  return (
    <>
      {rows.length > 1 && (
        <SkuFill matrix={matrix} onChange={onChange} withStock={isNew} withWeight={isWide} />
      )}
      <Tick checked={isWide} onChange={setWide}>
        {t('product.showParcel')}
      </Tick>
      <div className="sku-scroll">
        <table className="sku-table">
          <thead>
            <tr>
              {hasSpecs && <th scope="col">{t('product.sku')}</th>}
              {hasSpecs && <th scope="col">{t('product.picture')}</th>}
              <th scope="col">{t('product.price')}</th>
              <th scope="col">{t('product.strike')}</th>
              <th scope="col">{t(isNew ? 'product.stock' : 'product.stockNow')}</th>
              {isWide && <th scope="col">{t('product.weight')}</th>}
              {isWide && <th scope="col">{t('product.volume')}</th>}
              {isWide && <th scope="col">{t('product.barcode')}</th>}
              {hasSpecs && <th scope="col">{t('product.offered')}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map(row => (
              <SkuCells
                key={row.key}
                row={row}
                hasSpecs={hasSpecs}
                isWide={isWide}
                problem={problem}
                onChange={change => onChange(withDraft(matrix, row.key, change))}
              />
            ))}
          </tbody>
        </table>
      </div>
      {rows.some(row => row.draft.strike === 'list_price') && (
        <TextField
          label={t('product.strikeSource')}
          hint={t('product.strikeSourceHint')}
          value={strikeSource}
          maxLength={lengthMax.source}
          error={problem('strikeSource')}
          onChange={event => onStrikeSource(event.target.value)}
        />
      )}
    </>
  )
}

const isWeighed = (draft: { weightText: string; volumeText: string; barcode: string }) =>
  [draft.weightText, draft.volumeText, draft.barcode].some(text => text !== '')
