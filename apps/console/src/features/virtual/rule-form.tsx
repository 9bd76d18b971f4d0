import type { VirtualKind } from '@kaibo/contract/trade/virtual'
import { Choices } from '@kaibo/ui/choice/choices.tsx'
import { SelectField, TextareaField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { CountField } from '../../components/form/fields.tsx'
import { FormDrawer } from '../../components/form/form-drawer.tsx'
import { parseCount } from '../../components/form/yuan.ts'
import { useProduct } from '../products/use-products.ts'
import { specText } from '../stock/model.ts'
import { virtualKey } from './use-virtual.ts'

type RuleFormProps = {
  productId: string | null
  /** The variant to begin with, should the product have it. */
  skuId: string | null
  shopId: string
  onClose: () => void
}

type Draft = { skuId: string | null; kind: VirtualKind; refundRule: string; hoursText: string }
const empty: Draft = { skuId: null, kind: 'code', refundRule: '', hoursText: '24' }
const hoursMax = 720

/** How a variant of a product is delivered, and the shop's own refund rule. */
export function RuleForm(props: RuleFormProps) {
  return props.productId && <Form key={props.productId} {...props} productId={props.productId} />
}

function Form({ productId, shopId, onClose, ...asked }: RuleFormProps & { productId: string }) {
  const t = useT()
  const { data: product } = useProduct(shopId, productId)
  const [draft, setDraft] = useState(empty)
  const change = (fields: Partial<Draft>) => setDraft({ ...draft, ...fields })
  const wantedId = draft.skuId ?? asked.skuId
  const sku = product?.skus.find(({ id }) => id === wantedId) ?? product?.skus[0]
  const skuId = sku?.id ?? null
  const cancelHours = parseCount(draft.hoursText, hoursMax)
  const save = useActionOf(
    (rule: { skuId: string; cancelHours: number }) =>
      api.virtual.setRule({
        ...{ shopId, kind: draft.kind, refundRule: draft.refundRule.trim() },
        ...rule,
      }),
    { refresh: [virtualKey(shopId)], onDone: onClose },
  )
  const submit = () => {
    if (skuId !== null && cancelHours !== null) save.run({ skuId, cancelHours })
  }
  return (
    <FormDrawer
      open
      onClose={onClose}
      title={product?.title ?? t('virtual.new')}
      submitLabel={t('virtual.save')}
      busy={save.busy}
      locked={product !== undefined && !product.isVirtual}
      onSubmit={submit}
    >
      {product && !product.isVirtual && <p role="alert">{t('virtual.notVirtual')}</p>}
      <SelectField
        label={t('stock.sku')}
        value={skuId ?? ''}
        options={(product?.skus ?? []).map(sku => ({ value: sku.id, label: specText(sku.spec) }))}
        onChange={event => change({ skuId: event.target.value })}
      />
      <Choices
        label={t('virtual.column.kind')}
        options={(['code', 'booking'] as const).map(value => ({
          value,
          label: t(`virtual.kind.${value}`),
        }))}
        value={draft.kind}
        onChange={kind => change({ kind })}
      />
      {draft.kind === 'booking' && (
        <CountField
          label={t('virtual.cancelHours')}
          hint={t('virtual.cancelHoursHint')}
          value={draft.hoursText}
          error={cancelHours === null ? t('virtual.hoursWrong', { max: hoursMax }) : undefined}
          onChange={hoursText => change({ hoursText })}
        />
      )}
      <TextareaField
        label={t('virtual.refundRule')}
        hint={t('virtual.refundRuleHint')}
        maxLength={500}
        optional
        value={draft.refundRule}
        onChange={event => change({ refundRule: event.target.value })}
      />
    </FormDrawer>
  )
}
