import { isId, newId } from '@kaibo/kernel/ids'
import { Choices } from '@kaibo/ui/choice/choices.tsx'
import { Field, TextField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { TreeSelect } from 'antd'
import { useState } from 'react'
import { PercentField } from '../../components/form/fields.tsx'
import { FormDrawer } from '../../components/form/form-drawer.tsx'
import { instantOf, localText } from '../../components/form/local-time.ts'
import { parsePercent } from '../../components/form/yuan.ts'
import { treeOf } from '../goods/model.ts'
import { useCategories } from '../goods/use-goods.ts'
import { takeRatesKey } from './use-take-rates.ts'

type RateFormProps = { open: boolean; onClose: () => void }

const empty = {
  does: 'set' as 'set' | 'end',
  shopId: '',
  categoryId: null as string | null,
  percentText: '',
  fromText: '',
  note: '',
}

/** A new rule: whose sales, of what, how much, and from when on. */
export function RateForm({ open, onClose }: RateFormProps) {
  const t = useT()
  const [draft, setDraft] = useState(empty)
  const [id, setId] = useState(() => newId())
  const change = (fields: Partial<typeof empty>) => setDraft({ ...draft, ...fields })
  const isShopWrong = draft.shopId !== '' && !isId(draft.shopId)
  const rateBps = draft.does === 'end' ? null : parsePercent(draft.percentText)
  const isRateWrong = draft.does === 'set' && rateBps === null
  const add = useActionOf(
    () =>
      api.takerate.add({
        ...{ id, rateBps, categoryId: draft.categoryId, note: draft.note.trim() },
        shopId: draft.shopId === '' ? null : draft.shopId,
        effectiveFrom: instantOf(draft.fromText),
      }),
    {
      refresh: [takeRatesKey],
      onDone: () => {
        setDraft(empty)
        setId(newId())
        onClose()
      },
    },
  )
  return (
    <FormDrawer
      open={open}
      onClose={onClose}
      title={t('takeRates.new')}
      submitLabel={t('takeRates.save')}
      busy={add.busy}
      onSubmit={() => {
        if (!isShopWrong && !isRateWrong) add.run(undefined)
      }}
    >
      <Choices
        label={t('takeRates.does')}
        options={(['set', 'end'] as const).map(value => ({
          value,
          label: t(`takeRates.doing.${value}`),
        }))}
        value={draft.does}
        onChange={does => change({ does })}
      />
      {draft.does === 'set' && (
        <PercentField
          label={t('takeRates.column.rate')}
          value={draft.percentText}
          error={draft.percentText !== '' && isRateWrong ? t('takeRates.rateWrong') : undefined}
          onChange={percentText => change({ percentText })}
        />
      )}
      <ScopeFields draft={draft} isShopWrong={isShopWrong} onChange={change} />
      <TextField
        label={t('takeRates.from')}
        hint={t('takeRates.fromHint')}
        type="datetime-local"
        optional
        min={localText(new Date())}
        value={draft.fromText}
        onChange={event => change({ fromText: event.target.value })}
      />
      <TextField
        label={t('takeRates.column.note')}
        optional
        maxLength={200}
        value={draft.note}
        onChange={event => change({ note: event.target.value })}
      />
    </FormDrawer>
  )
}

type ScopeFieldsProps = {
  draft: typeof empty
  isShopWrong: boolean
  onChange: (fields: Partial<typeof empty>) => void
}

/** Whose sales, and of what. */
function ScopeFields({ draft, isShopWrong, onChange }: ScopeFieldsProps) {
  const t = useT()
  const [language] = useLanguage()
  const { data } = useCategories()
  return (
    <>
      <TextField
        label={t('takeRates.shop')}
        hint={t('takeRates.shopHint')}
        optional
        value={draft.shopId}
        error={isShopWrong ? t('takeRates.shopWrong') : undefined}
        onChange={event => onChange({ shopId: event.target.value.trim() })}
      />
      <Field label={t('takeRates.category')} optional>
        {({ id }) => (
          <TreeSelect
            id={id}
            variant="borderless"
            allowClear
            showSearch
            treeNodeFilterProp="title"
            placeholder={t('takeRates.everyCategory')}
            treeData={treeOf(data?.items ?? [], language)}
            value={draft.categoryId ?? undefined}
            style={{ width: '100%' }}
            onChange={(chosen: string | undefined) => onChange({ categoryId: chosen ?? null })}
          />
        )}
      </Field>
    </>
  )
}
