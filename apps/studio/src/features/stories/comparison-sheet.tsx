import type { Bag, BagItem } from '@kaibo/contract/show/showcase'
import type { Story } from '@kaibo/contract/show/story'
import { Button } from '@kaibo/ui/control/button.tsx'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useState } from 'react'
import { type CompareRow, draftOf, newComparison, newRow, planOf, toggled } from './model.ts'
import { SaveButton } from './save-button.tsx'
import './stories.css'
import { titleMax } from './story-sheet.tsx'
import { useSaveStory } from './use-save-story.ts'

const comparedMin = 2
const comparedMax = 4
const rowsMax = 20
const labelMax = 20
const cellMax = 60

type ComparisonSheetProps = {
  shopId: string
  liveId: string
  /** What is written anew; null for a new one. */
  comparison: Extract<Story, { kind: 'comparison' }> | null
  open: boolean
  onClose: () => void
}

/** Products of the bag side by side: what differs, row by row. */
export function ComparisonSheet(props: ComparisonSheetProps) {
  const { shopId, liveId, comparison, open, onClose } = props
  const t = useT()
  const [draft, setDraft] = useState(() => (comparison ? draftOf(comparison) : newComparison()))
  const [isChecked, setChecked] = useState(false)
  const bag = useQueryOf<Bag>(['bag', liveId], () => api.showcase.bag({ id: liveId }))
  const save = useSaveStory(
    { shopId, id: comparison?.id },
    {
      onDone() {
        setDraft(newComparison())
        setChecked(false)
        onClose()
      },
    },
  )
  const { productIds, rows } = draft
  const isUntitled = draft.title.trim() === ''
  const isShort = productIds.length < comparedMin
  const isEmpty = rows.every(({ label }) => label.trim() === '')
  const items = bag.data?.items ?? []
  const titles = productIds.map(id => titleOf(id, { items, comparison }))
  const setRow = (row: CompareRow) =>
    setDraft({ ...draft, rows: rows.map(other => (other.id === row.id ? row : other)) })
  return (
    <Sheet
      open={open}
      onClose={onClose}
      title={t(comparison ? 'stories.editComparison' : 'stories.newComparison')}
      side="end"
      tall
      footer={
        <SaveButton
          busy={save.busy}
          onSave={() => {
            setChecked(true)
            if (!isUntitled && !isShort && !isEmpty) save.run(planOf(draft))
          }}
        />
      }
    >
      <div className="k-stack">
        <TextField
          label={t('stories.title')}
          value={draft.title}
          maxLength={titleMax}
          error={isChecked && isUntitled ? t('stories.untitled') : undefined}
          onChange={event => setDraft({ ...draft, title: event.target.value })}
        />
        <CompareProducts
          items={items}
          productIds={productIds}
          onToggle={id => setDraft({ ...draft, productIds: toggled(productIds, id) })}
        />
        {isChecked && isShort && <Problem>{t('stories.tooFew', { min: comparedMin })}</Problem>}
        {rows.map((row, place) => (
          <RowFields key={row.id} row={row} place={place} titles={titles} onChange={setRow} />
        ))}
        {isChecked && isEmpty && <Problem>{t('stories.noRows')}</Problem>}
        {rows.length < rowsMax && (
          <Button icon="plus" onClick={() => setDraft({ ...draft, rows: [...rows, newRow()] })}>
            {t('stories.addRow')}
          </Button>
        )}
      </div>
    </Sheet>
  )
}

/** A product of the bag, or one that the comparison had before. */
const titleOf = (
  id: string,
  { items, comparison }: { items: readonly BagItem[] } & Pick<ComparisonSheetProps, 'comparison'>,
): string =>
  items.find(({ product }) => product.id === id)?.product.title ??
  comparison?.products.find(({ productId }) => productId === id)?.product?.title ??
  '–'

type CompareProductsProps = {
  items: readonly BagItem[]
  productIds: readonly string[]
  onToggle: (productId: string) => void
}

function CompareProducts({ items, productIds, onToggle }: CompareProductsProps) {
  const t = useT()
  return (
    <fieldset className="compare-products">
      <legend className="k-field-label">
        {t('stories.compared', { min: comparedMin, max: comparedMax })}
      </legend>
      {items.map(({ number, product }) => (
        <label key={product.id}>
          <input
            type="checkbox"
            checked={productIds.includes(product.id)}
            disabled={productIds.length >= comparedMax && !productIds.includes(product.id)}
            onChange={() => onToggle(product.id)}
          />
          {t('suggest.product', { number, title: product.title })}
        </label>
      ))}
    </fieldset>
  )
}

const Problem = ({ children }: { children: string }) => (
  <p className="story-problem" role="alert">
    {children}
  </p>
)

type RowFieldsProps = {
  row: CompareRow
  place: number
  titles: readonly string[]
  onChange: (row: CompareRow) => void
}

function RowFields({ row, place, titles, onChange }: RowFieldsProps) {
  const t = useT()
  const setCell = (at: number, word: string) =>
    onChange({
      ...row,
      cells: titles.map((_, cell) => (cell === at ? word : (row.cells[cell] ?? ''))),
    })
  return (
    <fieldset className="compare-row">
      <legend className="k-sr">{t('stories.row', { place: place + 1 })}</legend>
      <TextField
        label={t('stories.label')}
        placeholder={t('stories.labelExample')}
        value={row.label}
        maxLength={labelMax}
        onChange={event => onChange({ ...row, label: event.target.value })}
      />
      {titles.map((title, at) => (
        <TextField
          key={title}
          label={title}
          optional
          value={row.cells[at] ?? ''}
          maxLength={cellMax}
          onChange={event => setCell(at, event.target.value)}
        />
      ))}
    </fieldset>
  )
}
