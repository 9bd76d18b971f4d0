import { Switch } from '@kaibo/ui/choice/switch.tsx'
import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { ChargeFields } from './charge-fields.tsx'
import { type Draft, emptyCharge, type Problems, type RuleDraft } from './draft.ts'
import { RegionSelect } from './region-select.tsx'

const rulesMax = 50

type RuleListProps = {
  draft: Draft
  problems: Problems
  onChange: (rules: RuleDraft[]) => void
}

/** Regions with a charge of their own, or where nothing is sent. */
export function RuleList({ draft, problems, onChange }: RuleListProps) {
  const t = useT()
  const { rules, chargeBy } = draft
  const put = (at: number, fields: Partial<RuleDraft>) =>
    onChange(rules.map((rule, index) => (index === at ? { ...rule, ...fields } : rule)))
  return (
    <>
      {rules.map((rule, at) => {
        const problem = problems.rules?.[at]
        return (
          <fieldset
            // Rules have no names of their own; they are edited in place.
            key={String(at)}
            className="freight-rule k-stack"
          >
            <legend>{t('freight.rule', { number: at + 1 })}</legend>
            <RegionSelect
              codes={rule.regions}
              error={problem && problem !== 'charge' ? t(`freight.problem.${problem}`) : undefined}
              onChange={regions => put(at, { regions })}
            />
            <Switch
              label={t('freight.delivers')}
              checked={rule.charge !== null}
              onChange={sends => put(at, { charge: sends ? emptyCharge(chargeBy) : null })}
            />
            {rule.charge && (
              <ChargeFields
                charge={rule.charge}
                chargeBy={chargeBy}
                error={problem === 'charge' ? t('freight.problem.charge') : undefined}
                onChange={charge => put(at, { charge })}
              />
            )}
            <Button
              size="s"
              tone="quiet"
              onClick={() => onChange(rules.filter((_, index) => index !== at))}
            >
              {t('freight.removeRule')}
            </Button>
          </fieldset>
        )
      })}
      {rules.length < rulesMax && (
        <Button
          size="s"
          icon="plus"
          onClick={() => onChange([...rules, { regions: [], charge: emptyCharge(chargeBy) }])}
        >
          {t('freight.addRule')}
        </Button>
      )}
    </>
  )
}
