import type { NoReturnKind } from '@kaibo/contract/goods/catalog'
import { Switch } from '@kaibo/ui/choice/switch.tsx'
import { SelectField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { Select } from 'antd'
import { CountField, WindowFields } from '../../../components/form/fields.tsx'
import { useMyShop } from '../../account/workplace.tsx'
import { Labelled } from '../../goods/labelled.tsx'
import { type ProductFields, virtualTerms } from '../form-model.ts'

type TermsFieldsProps = {
  form: ProductFields
  onChange: (fields: Partial<ProductFields>) => void
  problem: (field: string) => string | undefined
}

const noReturnKinds: readonly NoReturnKind[] = [
  'custom_made',
  'perishable',
  'digital',
  'periodical',
  'agreed',
]

/** How it is sold and sent, to whom, and whether it may come back. */
export function TermsFields({ form, onChange, problem }: TermsFieldsProps) {
  const t = useT()
  return (
    <>
      <Switch
        label={t('product.isVirtual')}
        hint={t('product.isVirtualHint')}
        checked={form.isVirtual}
        onChange={isVirtual => onChange(virtualTerms(form, isVirtual))}
      />
      <div className="form-pair">
        {!form.isVirtual && <FreightField form={form} onChange={onChange} />}
        <RegionsField form={form} onChange={onChange} />
        <SelectField
          label={t('product.noReturn')}
          hint={t('product.noReturnHint')}
          value={form.noReturn ?? ''}
          options={[
            { value: '', label: t('product.mayReturn') },
            ...noReturnKinds.map(value => ({ value, label: t(`product.noReturnKind.${value}`) })),
          ]}
          onChange={({ target }) =>
            onChange({ noReturn: noReturnKinds.find(kind => kind === target.value) ?? null })
          }
        />
        <CountField
          label={t('product.limit')}
          hint={t('product.limitHint')}
          optional
          value={form.limitText}
          error={problem('limit')}
          onChange={limitText => onChange({ limitText })}
        />
      </div>
    </>
  )
}

/** When the clock puts it on and takes it off. */
export function ScheduleFields({ form, onChange, problem }: TermsFieldsProps) {
  return (
    <WindowFields
      startsText={form.shelveText}
      endsText={form.unshelveText}
      error={problem('schedule')}
      onChange={({ startsText, endsText }) =>
        onChange({
          ...(startsText === undefined ? {} : { shelveText: startsText }),
          ...(endsText === undefined ? {} : { unshelveText: endsText }),
        })
      }
    />
  )
}

type FieldProps = Pick<TermsFieldsProps, 'form' | 'onChange'>

function FreightField({ form, onChange }: FieldProps) {
  const t = useT()
  const { id: shopId } = useMyShop()
  const { data } = useQueryOf(['shop', shopId, 'freight'], () => api.freight.list({ shopId }))
  return (
    <SelectField
      label={t('product.freight')}
      value={form.freightTemplateId ?? ''}
      options={[
        { value: '', label: t('product.freightDefault') },
        ...(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={({ target }) => onChange({ freightTemplateId: target.value || null })}
    />
  )
}

/** The provinces carry their own file, so they come when the form is open. */
function RegionsField({ form, onChange }: FieldProps) {
  const t = useT()
  const { data } = useQueryOf(['regions', 'provinces'], async () =>
    (await import('@kaibo/ui/region/regions.ts')).provinces(),
  )
  return (
    <Labelled label={t('product.regions')} hint={t('product.regionsHint')} optional>
      {own => (
        <Select
          {...own}
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('product.everywhere')}
          options={(data ?? []).map(({ code, name }) => ({
            value: code.slice(0, 2),
            label: name,
          }))}
          value={form.regionCodes}
          onChange={(regionCodes: string[]) => onChange({ regionCodes })}
        />
      )}
    </Labelled>
  )
}
