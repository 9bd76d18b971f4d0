import { newId } from '@kaibo/kernel/ids'
import { Choices } from '@kaibo/ui/choice/choices.tsx'
import { Switch } from '@kaibo/ui/choice/switch.tsx'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useState } from 'react'
import {
  CountField,
  MoneyField,
  PercentField,
  WindowFields,
} from '../../components/form/fields.tsx'
import { FormDrawer } from '../../components/form/form-drawer.tsx'
import { useDraft } from '../../components/form/use-draft.ts'
import { ScopeField } from '../promotions/scope-field.tsx'
import { type Draft, emptyDraft, type ProblemAt, type Problems, templateOf } from './model.ts'
import { couponsOf } from './use-coupons.ts'

type CouponFormProps = { open: boolean; onClose: () => void; shopId: string | null }

/** Makes a coupon; what it promises cannot be changed afterwards, and the form says so. */
export function CouponForm({ open, onClose, shopId }: CouponFormProps) {
  const t = useT()
  const coupons = couponsOf(shopId)
  const [id, setId] = useState(newId)
  const { draft, problems, change, reset, read } = useDraft<Draft, Problems>(() =>
    emptyDraft(new Date()),
  )
  const create = useActionOf(coupons.create, {
    refresh: [coupons.key],
    onDone: () => {
      toast.success(t('coupons.made'))
      reset(emptyDraft(new Date()))
      // The id names one coupon; a refused one is tried again under the same.
      setId(newId())
      onClose()
    },
  })
  const submit = () => {
    const made = read(templateOf)
    if (made) create.run({ id, ...made.template })
  }
  const wrong = (at: ProblemAt) => (problems[at] ? t(`coupons.problem.${at}`) : undefined)
  const parts = { draft, change, wrong }
  return (
    <FormDrawer
      open={open}
      onClose={onClose}
      title={t('coupons.new')}
      submitLabel={t('coupons.make')}
      busy={create.busy}
      onSubmit={submit}
    >
      <p className="k-muted">{t('coupons.formHint')}</p>
      <Worth {...parts} />
      <ScopeField
        shopId={shopId}
        scope={draft.scope}
        onChange={scope => change({ scope })}
        error={wrong('scope')}
      />
      <Issue {...parts} />
      <Validity {...parts} />
      <Rules {...parts} />
    </FormDrawer>
  )
}

type PartProps = {
  draft: Draft
  change: (fields: Partial<Draft>) => void
  wrong: (at: ProblemAt) => string | undefined
}

function Worth({ draft, change, wrong }: PartProps) {
  const t = useT()
  const off = { value: draft.offText, error: wrong('off') }
  return (
    <>
      <TextField
        label={t('coupons.field.title')}
        placeholder={t('coupons.field.titleExample')}
        maxLength={30}
        value={draft.title}
        error={wrong('title')}
        onChange={event => change({ title: event.target.value })}
      />
      <Choices
        label={t('coupons.field.take')}
        options={(['fen', 'share'] as const).map(value => ({
          value,
          label: t(`coupons.field.${value}`),
        }))}
        value={draft.take}
        onChange={take => change({ take, offText: '', maxText: '' })}
      />
      <div className="form-pair">
        {draft.take === 'fen' ? (
          <MoneyField
            label={t('coupons.field.off')}
            {...off}
            onChange={offText => change({ offText })}
          />
        ) : (
          <PercentField
            label={t('coupons.field.offShare')}
            hint={t('coupons.field.offShareHint')}
            {...off}
            onChange={offText => change({ offText })}
          />
        )}
        {draft.take === 'share' && (
          <MoneyField
            label={t('coupons.field.max')}
            optional
            value={draft.maxText}
            onChange={maxText => change({ maxText })}
          />
        )}
        <MoneyField
          label={t('coupons.field.threshold')}
          optional
          value={draft.thresholdText}
          error={wrong('threshold')}
          onChange={thresholdText => change({ thresholdText })}
        />
      </div>
    </>
  )
}

function Issue({ draft, change, wrong }: PartProps) {
  const t = useT()
  return (
    <>
      <div className="form-pair">
        <CountField
          label={t('coupons.field.total')}
          value={draft.totalText}
          error={wrong('total')}
          onChange={totalText => change({ totalText })}
        />
        <CountField
          label={t('coupons.field.perPerson')}
          value={draft.perPersonText}
          error={wrong('perPerson')}
          onChange={perPersonText => change({ perPersonText })}
        />
      </div>
      <h3 className="coupon-part">{t('coupons.field.claimWindow')}</h3>
      <WindowFields
        startsText={draft.claimFromText}
        endsText={draft.claimUntilText}
        error={wrong('claim')}
        onChange={({ startsText, endsText }) =>
          change({
            ...(startsText === undefined ? {} : { claimFromText: startsText }),
            ...(endsText === undefined ? {} : { claimUntilText: endsText }),
          })
        }
      />
    </>
  )
}

function Validity({ draft, change, wrong }: PartProps) {
  const t = useT()
  return (
    <>
      <Choices
        label={t('coupons.field.validity')}
        options={(['days', 'window'] as const).map(value => ({
          value,
          label: t(`coupons.field.lasts.${value}`),
        }))}
        value={draft.lasts}
        onChange={lasts => change({ lasts })}
      />
      {draft.lasts === 'days' ? (
        <CountField
          label={t('coupons.field.days')}
          value={draft.daysText}
          error={wrong('validity')}
          onChange={daysText => change({ daysText })}
        />
      ) : (
        <WindowFields
          startsText={draft.validFromText}
          endsText={draft.validUntilText}
          error={wrong('validity')}
          onChange={({ startsText, endsText }) =>
            change({
              ...(startsText === undefined ? {} : { validFromText: startsText }),
              ...(endsText === undefined ? {} : { validUntilText: endsText }),
            })
          }
        />
      )}
    </>
  )
}

function Rules({ draft, change, wrong }: PartProps) {
  const t = useT()
  return (
    <>
      <TextField
        label={t('coupons.field.group')}
        hint={t('coupons.field.groupHint')}
        optional
        maxLength={20}
        value={draft.group}
        onChange={event => change({ group: event.target.value })}
      />
      <Switch
        label={t('coupons.field.withActivity')}
        hint={t('coupons.field.withActivityHint')}
        checked={draft.withActivity}
        onChange={withActivity => change({ withActivity })}
      />
      <Switch
        label={t('coupons.field.hasCode')}
        hint={t('coupons.field.hasCodeHint')}
        checked={draft.hasCode}
        onChange={hasCode => change({ hasCode })}
      />
      {draft.hasCode && (
        <TextField
          label={t('coupons.field.code')}
          maxLength={20}
          autoComplete="off"
          value={draft.code}
          error={wrong('code')}
          onChange={event => change({ code: event.target.value })}
        />
      )}
    </>
  )
}
