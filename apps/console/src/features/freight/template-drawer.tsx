import type { FreightTemplate } from '@kaibo/contract/trade/freight'
import { chargeUnits } from '@kaibo/contract/trade/freight-fen'
import { newId } from '@kaibo/kernel/ids'
import { Choices } from '@kaibo/ui/choice/choices.tsx'
import { Switch } from '@kaibo/ui/choice/switch.tsx'
import { Button } from '@kaibo/ui/control/button.tsx'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { Dropdown } from 'antd'
import { type ReactNode, useState } from 'react'
import { FormDrawer } from '../../components/form/form-drawer.tsx'
import { useDraft } from '../../components/form/use-draft.ts'
import { useMyShop } from '../account/workplace.tsx'
import { ChargeFields } from './charge-fields.tsx'
import { type Draft, draftOf, emptyCharge, emptyDraft, type Problems, planOf } from './draft.ts'
import { presetNames, presets } from './presets.ts'
import { RuleList } from './rule-list.tsx'
import { TryOut } from './try-out.tsx'
import { useSaveTemplate } from './use-freight.ts'

type TemplateDrawerProps = {
  /** Null for a new one, which begins like `like` where that is given. */
  template: FreightTemplate | null
  like?: FreightTemplate | undefined
  actions?: ReactNode
  onClose: () => void
}

/** A template as a form, with a calculator below it. */
export function TemplateDrawer({ template, like, actions, onClose }: TemplateDrawerProps) {
  const t = useT()
  const shop = useMyShop()
  const [id] = useState(() => template?.id ?? newId())
  const { draft, problems, change, reset, read } = useDraft<Draft, Problems>(() => {
    if (template) return draftOf(template)
    if (!like) return emptyDraft
    return { ...draftOf(like), name: t('freight.copyName', { name: like.name }).slice(0, 30) }
  })
  const save = useSaveTemplate({ shopId: shop.id, id }, () => {
    toast.success(t('freight.saved'))
    onClose()
  })
  const submit = () => {
    const made = read(planOf)
    if (made) save.run({ ...made, isNew: template === null })
  }
  return (
    <FormDrawer
      open
      onClose={onClose}
      title={template?.name ?? t('freight.new')}
      submitLabel={t('freight.save')}
      busy={save.busy}
      onSubmit={submit}
      above={actions}
    >
      {!template && !like && <Presets onPick={reset} />}
      <TextField
        label={t('freight.name')}
        maxLength={30}
        value={draft.name}
        error={problems.name && t('freight.problem.name')}
        onChange={event => change({ name: event.target.value })}
      />
      <Choices
        label={t('freight.chargeBy.label')}
        options={chargeUnits.map(value => ({ value, label: t(`freight.chargeBy.${value}`) }))}
        value={draft.chargeBy}
        onChange={chargeBy => change({ chargeBy })}
      />
      <RuleList draft={draft} problems={problems} onChange={rules => change({ rules })} />
      <fieldset className="freight-rule k-stack">
        <legend>{t('freight.elsewhere')}</legend>
        <Switch
          label={t('freight.delivers')}
          checked={draft.elsewhere !== null}
          onChange={sends => change({ elsewhere: sends ? emptyCharge(draft.chargeBy) : null })}
        />
        {draft.elsewhere && (
          <ChargeFields
            charge={draft.elsewhere}
            chargeBy={draft.chargeBy}
            error={problems.elsewhere && t('freight.problem.charge')}
            onChange={elsewhere => change({ elsewhere })}
          />
        )}
      </fieldset>
      <TryOut draft={draft} />
    </FormDrawer>
  )
}

function Presets({ onPick }: { onPick: (draft: Draft) => void }) {
  const t = useT()
  const items = presetNames.map(key => ({
    key,
    label: t(`freight.presets.${key}`),
    onClick: () => onPick(draftOf({ ...presets[key], name: t(`freight.presetNames.${key}`) })),
  }))
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button size="s" icon="grid">
        {t('freight.preset')}
      </Button>
    </Dropdown>
  )
}
