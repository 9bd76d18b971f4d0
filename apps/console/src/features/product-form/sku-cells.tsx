import { useT } from '@kaibo/ui/i18n.ts'
import { Checkbox, Input, Select } from 'antd'
import { VariantPicture } from './fields/variant-picture.tsx'
import { rowName, type SkuDraft, type SkuRow, type StrikeChoice } from './spec-model.ts'

type SkuCellsProps = {
  row: SkuRow
  hasSpecs: boolean
  /** Weight, volume and barcode are shown. */
  isWide: boolean
  problem: (field: string) => string | undefined
  onChange: (change: Partial<SkuDraft>) => void
}

/** One variant of the table. */
export function SkuCells(props: SkuCellsProps) {
  const { row, hasSpecs, isWide, onChange } = props
  const t = useT()
  const { draft } = row
  const name = rowName(row)
  return (
    <tr data-off={!draft.isOffered || undefined}>
      {hasSpecs && <th scope="row">{name}</th>}
      {hasSpecs && (
        <td>
          <VariantPicture
            name={name}
            picture={draft.picture}
            onChange={picture => onChange({ picture })}
          />
        </td>
      )}
      <td>
        <RowAmount {...props} field="price" text="priceText" prefix="¥" />
      </td>
      <td>
        <StrikeCell {...props} />
      </td>
      <td>
        {draft.available === null ? (
          <RowAmount {...props} field="stock" text="stockText" />
        ) : (
          <span className="k-muted">{t('product.availableNow', { count: draft.available })}</span>
        )}
      </td>
      {isWide && (
        <>
          <td>
            <RowAmount {...props} field="weight" text="weightText" suffix="g" />
          </td>
          <td>
            <RowAmount {...props} field="volume" text="volumeText" suffix="cm³" />
          </td>
          <td>
            <RowAmount {...props} field="barcode" text="barcode" />
          </td>
        </>
      )}
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

const strikeChoices: readonly StrikeChoice[] = ['none', 'lowest_30_days', 'list_price']

/** What the struck-through price rests on; only a list price is typed. */
function StrikeCell(props: SkuCellsProps) {
  const { row, onChange } = props
  const t = useT()
  const { draft } = row
  return (
    <div className="sku-strike">
      <Select
        aria-label={t('product.strikeOf', { name: rowName(row) })}
        value={draft.strike}
        disabled={!draft.isOffered}
        popupMatchSelectWidth={false}
        options={strikeChoices.map(value => ({ value, label: t(`product.strikeBy.${value}`) }))}
        onChange={(strike: StrikeChoice) => onChange({ strike })}
      />
      {draft.strike === 'list_price' && (
        <RowAmount {...props} field="strike" text="strikeText" prefix="¥" />
      )}
      {draft.strike === 'lowest_30_days' && draft.strikeText !== '' && (
        <del className="k-muted">¥{draft.strikeText}</del>
      )}
    </div>
  )
}

type RowAmountProps = SkuCellsProps & {
  field: 'price' | 'stock' | 'strike' | 'weight' | 'volume' | 'barcode'
  text: 'priceText' | 'stockText' | 'strikeText' | 'weightText' | 'volumeText' | 'barcode'
  prefix?: string
  suffix?: string
}

function RowAmount({ row, field, text, problem, onChange, ...affixes }: RowAmountProps) {
  const t = useT()
  const { draft, key } = row
  return (
    <Amount
      label={t(`product.${field}Of`, { name: rowName(row) })}
      value={draft[text]}
      disabled={!draft.isOffered}
      problem={problem(`${field}:${key}`)}
      onChange={typed => onChange({ [text]: typed })}
      {...(affixes.prefix ? { prefix: affixes.prefix } : {})}
      {...(affixes.suffix ? { suffix: affixes.suffix } : {})}
    />
  )
}

type AmountProps = {
  label: string
  value: string
  onChange: (typed: string) => void
  prefix?: string
  suffix?: string
  placeholder?: string
  disabled?: boolean
  problem?: string | undefined
}

/** A small box of a table. */
export const Amount = (props: AmountProps) => {
  const { label, value, onChange, placeholder, disabled, problem } = props
  return (
    <>
      <Input
        aria-label={label}
        aria-invalid={problem ? true : undefined}
        placeholder={placeholder}
        inputMode="decimal"
        autoComplete="off"
        maxLength={32}
        value={value}
        prefix={props.prefix}
        suffix={props.suffix}
        disabled={disabled ?? false}
        {...(problem ? { status: 'error' as const } : {})}
        onChange={event => onChange(event.target.value)}
      />
      {problem && <small className="k-field-error">{problem}</small>}
    </>
  )
}
