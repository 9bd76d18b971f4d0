import { Choices } from '@kaibo/ui/choice/choices.tsx'
import { Switch } from '@kaibo/ui/choice/switch.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { CountField, MoneyField, PercentField } from '../../components/form/fields.tsx'
import { useMyShop } from '../account/workplace.tsx'
import type { Draft } from './draft.ts'
import { GoodsRows } from './goods-rows.tsx'
import type { ProblemAt, Problems } from './plan.ts'
import { ScopeField } from './scope-field.tsx'
import { TiersEditor } from './tiers-editor.tsx'

type KindFieldsProps = {
  draft: Draft
  problems: Problems
  onChange: (fields: Partial<Draft>) => void
}

/** What only this kind of promotion asks for. */
export function KindFields(props: KindFieldsProps) {
  switch (props.draft.kind) {
    case 'limited_discount':
      return <DiscountFields {...props} />
    case 'full_reduction':
      return <ReductionFields {...props} />
    case 'buy_gift':
      return <GiftFields {...props} />
    case 'bundle':
      return <BundleFields {...props} />
  }
}

/** The sentence at a field that is wrong. */
export function useProblem(problems: Problems): (at: ProblemAt) => string | undefined {
  const t = useT()
  return at => (problems[at] ? t(`promotions.problem.${at}`) : undefined)
}

function DiscountFields({ draft, problems, onChange }: KindFieldsProps) {
  const t = useT()
  const { id: shopId } = useMyShop()
  const problem = useProblem(problems)
  return (
    <>
      <GoodsRows
        label={t('promotions.prices')}
        hint={t('promotions.pricesHint')}
        rows={draft.items}
        onChange={items => onChange({ items })}
        typed="price"
        max={200}
        error={problem('items')}
      />
      <Switch
        label={t('promotions.share')}
        hint={t('promotions.shareHint')}
        checked={draft.hasShare}
        onChange={hasShare => onChange({ hasShare })}
      />
      {draft.hasShare && (
        <>
          <PercentField
            label={t('promotions.off')}
            hint={t('promotions.offHint')}
            value={draft.percentText}
            error={problem('percent')}
            onChange={percentText => onChange({ percentText })}
          />
          <ScopeField
            shopId={shopId}
            scope={draft.scope}
            error={problem('scope')}
            onChange={scope => onChange({ scope })}
          />
        </>
      )}
      <Switch
        label={t('promotions.stacks')}
        hint={t('promotions.stacksHint')}
        checked={draft.stacksWithMember}
        onChange={stacksWithMember => onChange({ stacksWithMember })}
      />
    </>
  )
}

function ReductionFields({ draft, problems, onChange }: KindFieldsProps) {
  const t = useT()
  const { id: shopId } = useMyShop()
  const problem = useProblem(problems)
  return (
    <>
      <ScopeField
        shopId={shopId}
        scope={draft.scope}
        error={problem('scope')}
        onChange={scope => onChange({ scope })}
      />
      <Choices
        label={t('promotions.by.label')}
        options={(['amount', 'count'] as const).map(value => ({
          value,
          label: t(`promotions.by.${value}`),
        }))}
        value={draft.by}
        onChange={by => onChange({ by })}
      />
      <TiersEditor
        tiers={draft.tiers}
        by={draft.by}
        error={problem('tiers')}
        onChange={tiers => onChange({ tiers })}
      />
      {draft.tiers.length === 1 && (
        <Switch
          label={t('promotions.repeats')}
          hint={t('promotions.repeatsHint')}
          checked={draft.repeats}
          onChange={repeats => onChange({ repeats })}
        />
      )}
    </>
  )
}

function GiftFields({ draft, problems, onChange }: KindFieldsProps) {
  const t = useT()
  const { id: shopId } = useMyShop()
  const problem = useProblem(problems)
  return (
    <>
      <ScopeField
        shopId={shopId}
        scope={draft.scope}
        error={problem('scope')}
        onChange={scope => onChange({ scope })}
      />
      <div className="form-pair">
        <CountField
          label={t('promotions.buyCount')}
          value={draft.buyCountText}
          error={problem('buyCount')}
          onChange={buyCountText => onChange({ buyCountText })}
        />
        <CountField
          label={t('promotions.timesMax')}
          hint={t('promotions.timesMaxHint')}
          value={draft.timesMaxText}
          error={problem('timesMax')}
          onChange={timesMaxText => onChange({ timesMaxText })}
        />
      </div>
      <GoodsRows
        label={t('promotions.gifts')}
        rows={draft.gifts}
        onChange={gifts => onChange({ gifts })}
        typed="quantity"
        max={5}
        error={problem('gifts')}
      />
    </>
  )
}

function BundleFields({ draft, problems, onChange }: KindFieldsProps) {
  const t = useT()
  const problem = useProblem(problems)
  return (
    <>
      <GoodsRows
        label={t('promotions.components')}
        hint={t('promotions.componentsHint')}
        rows={draft.items}
        onChange={items => onChange({ items })}
        typed="quantity"
        max={10}
        error={problem('items')}
      />
      <MoneyField
        label={t('promotions.bundlePrice')}
        value={draft.priceText}
        error={problem('price')}
        onChange={priceText => onChange({ priceText })}
      />
    </>
  )
}
