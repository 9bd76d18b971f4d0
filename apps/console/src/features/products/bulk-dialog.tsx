import type { BulkChange } from '@kaibo/contract/goods/catalog-api'
import { SelectField } from '@kaibo/ui/control/field.tsx'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { Modal, Select, TreeSelect } from 'antd'
import { useState } from 'react'
import { MoneyField, PercentField } from '../../components/form/fields.tsx'
import { useMyShop } from '../account/workplace.tsx'
import { Labelled } from '../goods/labelled.tsx'
import { treeOf } from '../goods/model.ts'
import { useCategories, useTags } from '../goods/use-goods.ts'
import { type PriceMove, priceChangeOf, priceMoves } from './model.ts'

export type BulkKind = 'category' | 'tags' | 'price'

type BulkDialogProps = {
  /** Null = closed. */
  kind: BulkKind | null
  count: number
  onClose: () => void
  onChange: (change: BulkChange) => void
}

/** Asks what the ticked products shall have in common. */
export function BulkDialog({ kind, count, onClose, onChange }: BulkDialogProps) {
  const t = useT()
  const kit = useT('ui')
  const [change, setChange] = useState<BulkChange | null>(null)
  const leave = () => {
    setChange(null)
    onClose()
  }
  return (
    <Modal
      open={kind !== null}
      onCancel={leave}
      onOk={() => {
        if (change) onChange(change)
        setChange(null)
      }}
      okButtonProps={{ disabled: change === null }}
      okText={t('products.bulkDo', { count })}
      cancelText={kit('action.cancel')}
      title={kind && t(`products.bulkKind.${kind}`)}
      destroyOnHidden
    >
      {kind === 'category' && <CategoryChoice onChange={setChange} />}
      {kind === 'tags' && <TagChoice onChange={setChange} />}
      {kind === 'price' && <PriceChoice onChange={setChange} />}
    </Modal>
  )
}

type ChoiceProps = { onChange: (change: BulkChange | null) => void }

function CategoryChoice({ onChange }: ChoiceProps) {
  const t = useT()
  const [language] = useLanguage()
  const { data } = useCategories()
  return (
    <Labelled label={t('product.category')}>
      {own => (
        <TreeSelect
          {...own}
          showSearch={{ treeNodeFilterProp: 'title' }}
          treeData={treeOf(data?.items ?? [], language)}
          onChange={(categoryId: string) => onChange({ categoryId })}
        />
      )}
    </Labelled>
  )
}

function TagChoice({ onChange }: ChoiceProps) {
  const t = useT()
  const { id: shopId } = useMyShop()
  const { data } = useTags(shopId)
  const [added, setAdded] = useState<string[]>([])
  const [removed, setRemoved] = useState<string[]>([])
  const options = (data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const set = (addTagIds: string[], removeTagIds: string[]) => {
    setAdded(addTagIds)
    setRemoved(removeTagIds)
    const isNothing = addTagIds.length + removeTagIds.length === 0
    onChange(isNothing ? null : { addTagIds, removeTagIds })
  }
  return (
    <div className="k-stack">
      <Labelled label={t('products.tagsAdd')} optional>
        {own => (
          <Select
            {...own}
            mode="multiple"
            maxCount={20}
            options={options}
            value={added}
            onChange={ids => set(ids, removed)}
          />
        )}
      </Labelled>
      <Labelled label={t('products.tagsRemove')} optional>
        {own => (
          <Select
            {...own}
            mode="multiple"
            maxCount={20}
            options={options}
            value={removed}
            onChange={ids => set(added, ids)}
          />
        )}
      </Labelled>
    </div>
  )
}

function PriceChoice({ onChange }: ChoiceProps) {
  const t = useT()
  const [move, setMove] = useState<PriceMove>('lessPercent')
  const [typed, setTyped] = useState('')
  const set = (next: PriceMove, text: string) => {
    setMove(next)
    setTyped(text)
    onChange(priceChangeOf(next, text))
  }
  const Amount = move.endsWith('Percent') ? PercentField : MoneyField
  return (
    <div className="k-stack">
      <SelectField
        label={t('products.priceMove')}
        value={move}
        options={priceMoves.map(value => ({ value, label: t(`products.priceBy.${value}`) }))}
        onChange={({ target }) =>
          set(priceMoves.find(each => each === target.value) ?? move, typed)
        }
      />
      <Amount
        label={t('products.priceAmount')}
        hint={t('products.priceHint')}
        value={typed}
        onChange={text => set(move, text)}
      />
    </div>
  )
}
