import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Checkbox, Input } from 'antd'
import { useState } from 'react'
import {
  rowName,
  rowsOf,
  type SkuDraft,
  type SkuMatrix,
  type SkuRow,
  withAll,
  withDraft,
} from './spec-model.ts'

type SkuTableProps = {
  matrix: SkuMatrix
  onChange: (matrix: SkuMatrix) => void
  problem: (field: string) => string | undefined
}

/** A price for every SKU, and the stock that a new one begins with. */
export function SkuTable({ matrix, onChange, problem }: SkuTableProps) {
  const t = useT()
  const rows = rowsOf(matrix)
  const hasSpecs = matrix.specs.length > 0
  const isNew = rows.some(row => row.draft.isOffered && row.draft.available === null)
  return (
    <>
      {rows.length > 1 && <FillAll matrix={matrix} onChange={onChange} withStock={isNew} />}
      <div className="sku-scroll">
        <table className="sku-table">
          <thead>
            <tr>
              {hasSpecs && <th scope="col">{t('product.sku')}</th>}
              <th scope="col">{t('product.price')}</th>
              <th scope="col">{t(isNew ? 'product.stock' : 'product.stockNow')}</th>
              {hasSpecs && <th scope="col">{t('product.offered')}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map(row => (
              <SkuCells
                key={row.key}
                row={row}
                hasSpecs={hasSpecs}
                problem={problem}
                onChange={change => onChange(withDraft(matrix, row.key, change))}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

type SkuCellsProps = {
  row: SkuRow
  hasSpecs: boolean
  problem: SkuTableProps['problem']
  onChange: (change: Partial<SkuDraft>) => void
}

function SkuCells({ row, hasSpecs, problem, onChange }: SkuCellsProps) {
  const t = useT()
  const { draft } = row
  const name = rowName(row)
  return (
    <tr data-off={!draft.isOffered || undefined}>
      {hasSpecs && <th scope="row">{name}</th>}
      <td>
        <Amount
          label={t('product.priceOf', { name })}
          prefix="¥"
          value={draft.priceText}
          disabled={!draft.isOffered}
          problem={problem(`price:${row.key}`)}
          onChange={priceText => onChange({ priceText })}
        />
      </td>
      <td>
        {draft.available === null ? (
          <Amount
            label={t('product.stockOf', { name })}
            value={draft.stockText}
            disabled={!draft.isOffered}
            problem={problem(`stock:${row.key}`)}
            onChange={stockText => onChange({ stockText })}
          />
        ) : (
          <span className="k-muted">{t('product.availableNow', { count: draft.available })}</span>
        )}
      </td>
      {hasSpecs && (
        <td>
          <Checkbox
            aria-label={t('product.offeredOf', { name })}
            checked={draft.isOffered}
            onChange={event => onChange({ isOffered: event.target.checked })}
          />
        </td>
      )}
    </tr>
  )
}

type AmountProps = {
  label: string
  value: string
  onChange: (typed: string) => void
  prefix?: string
  placeholder?: string
  disabled?: boolean
  problem?: string | undefined
}

const Amount = (props: AmountProps) => {
  const { label, value, onChange, prefix, placeholder, disabled, problem } = props
  return (
    <>
      <Input
        aria-label={label}
        aria-invalid={problem ? true : undefined}
        placeholder={placeholder}
        inputMode="decimal"
        autoComplete="off"
        maxLength={14}
        value={value}
        prefix={prefix}
        disabled={disabled ?? false}
        {...(problem ? { status: 'error' as const } : {})}
        onChange={event => onChange(event.target.value)}
      />
      {problem && <small className="k-field-error">{problem}</small>}
    </>
  )
}

type FillAllProps = Pick<SkuTableProps, 'matrix' | 'onChange'> & { withStock: boolean }

function FillAll({ matrix, onChange, withStock }: FillAllProps) {
  const t = useT()
  const [priceText, setPriceText] = useState('')
  const [stockText, setStockText] = useState('')
  const fill = () => {
    const priced = priceText === '' ? matrix : withAll(matrix, { priceText })
    onChange(stockText === '' ? priced : withAll(priced, { stockText }))
  }
  return (
    <fieldset className="sku-fill">
      <legend className="k-sr">{t('product.fillAll')}</legend>
      <Amount
        label={t('product.allPrice')}
        placeholder={t('product.allPrice')}
        prefix="¥"
        value={priceText}
        onChange={setPriceText}
      />
      {withStock && (
        <Amount
          label={t('product.allStock')}
          placeholder={t('product.allStock')}
          value={stockText}
          onChange={setStockText}
        />
      )}
      <Button size="s" onClick={fill}>
        {t('product.fillAll')}
      </Button>
    </fieldset>
  )
}
