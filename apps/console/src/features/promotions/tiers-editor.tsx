import { Button } from '@kaibo/ui/control/button.tsx'
import { SelectField } from '@kaibo/ui/control/field.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { CountField, MoneyField, PercentField } from '../../components/form/fields.tsx'
import { type Draft, emptyTier, type TierDraft } from './draft.ts'
import { GoodsRows } from './goods-rows.tsx'

const tiersMax = 5
const takes = ['fen', 'share', 'nothing'] as const

type TiersEditorProps = {
  tiers: readonly TierDraft[]
  by: Draft['by']
  onChange: (tiers: TierDraft[]) => void
  error?: string | undefined
}

/** From how much on, what is taken off, and what is given. */
export function TiersEditor({ tiers, by, onChange, error }: TiersEditorProps) {
  const t = useT()
  const put = (at: number, fields: Partial<TierDraft>) =>
    onChange(tiers.map((tier, index) => (index === at ? { ...tier, ...fields } : tier)))
  return (
    <section className="k-stack">
      {tiers.map((tier, at) => (
        <fieldset
          // Tiers have no names of their own; they are edited in place.
          key={String(at)}
          className="tier k-stack"
        >
          <legend className="tier-head">{t('promotions.tier', { number: at + 1 })}</legend>
          <TierFields tier={tier} by={by} onChange={fields => put(at, fields)} />
          {tiers.length > 1 && (
            <Button
              size="s"
              tone="quiet"
              onClick={() => onChange(tiers.filter((_, index) => index !== at))}
            >
              {t('promotions.removeTier')}
            </Button>
          )}
        </fieldset>
      ))}
      {error && (
        <p className="goods-error" role="alert">
          {error}
        </p>
      )}
      {tiers.length < tiersMax && (
        <Button size="s" icon="plus" onClick={() => onChange([...tiers, emptyTier])}>
          {t('promotions.addTier')}
        </Button>
      )}
    </section>
  )
}

type TierFieldsProps = {
  tier: TierDraft
  by: Draft['by']
  onChange: (fields: Partial<TierDraft>) => void
}

function TierFields({ tier, by, onChange }: TierFieldsProps) {
  const t = useT()
  const Threshold = by === 'amount' ? MoneyField : CountField
  return (
    <>
      <div className="tier-row">
        <Threshold
          label={t(`promotions.threshold.${by}`)}
          value={tier.thresholdText}
          onChange={thresholdText => onChange({ thresholdText })}
        />
        <SelectField
          label={t('promotions.take.label')}
          value={tier.take}
          options={takes.map(value => ({ value, label: t(`promotions.take.${value}`) }))}
          onChange={event => {
            const take = takes.find(value => value === event.target.value)
            if (take) onChange({ take, offText: '', maxText: '' })
          }}
        />
        {tier.take === 'fen' && (
          <MoneyField
            label={t('promotions.off')}
            value={tier.offText}
            onChange={offText => onChange({ offText })}
          />
        )}
        {tier.take === 'share' && (
          <>
            <PercentField
              label={t('promotions.off')}
              hint={t('promotions.offHint')}
              value={tier.offText}
              onChange={offText => onChange({ offText })}
            />
            <MoneyField
              label={t('promotions.offMax')}
              optional
              value={tier.maxText}
              onChange={maxText => onChange({ maxText })}
            />
          </>
        )}
      </div>
      <GoodsRows
        label={t('promotions.gifts')}
        rows={tier.gifts}
        onChange={gifts => onChange({ gifts })}
        typed="quantity"
        max={5}
      />
    </>
  )
}
