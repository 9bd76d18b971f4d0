import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { RegionFields } from '@kaibo/ui/region/region-fields.tsx'
import { useState } from 'react'
import { CountField, MoneyField } from '../../components/form/fields.tsx'
import { type Draft, type TrialDraft, trialOf } from './draft.ts'

const first: TrialDraft = {
  regionCode: '',
  quantityText: '1',
  weightText: '500',
  volumeText: '1000',
  amountText: '99',
}

/** What some goods would cost to send, with the template as it is being typed. */
export function TryOut({ draft }: { draft: Draft }) {
  const t = useT()
  const [trial, setTrial] = useState(first)
  const put = (fields: Partial<TrialDraft>) => setTrial({ ...trial, ...fields })
  const tried = trialOf(draft, trial)
  return (
    <section className="try-out k-stack" aria-label={t('freight.try.title')}>
      <h3>{t('freight.try.title')}</h3>
      <p className="k-muted">{t('freight.try.hint')}</p>
      <RegionFields value={trial.regionCode} onChange={regionCode => put({ regionCode })} />
      <div className="charge-row">
        <CountField
          label={t('freight.try.quantity')}
          value={trial.quantityText}
          onChange={quantityText => put({ quantityText })}
        />
        {draft.chargeBy === 'weight' && (
          <CountField
            label={t('freight.try.weight')}
            value={trial.weightText}
            onChange={weightText => put({ weightText })}
          />
        )}
        {draft.chargeBy === 'volume' && (
          <CountField
            label={t('freight.try.volume')}
            value={trial.volumeText}
            onChange={volumeText => put({ volumeText })}
          />
        )}
        <MoneyField
          label={t('freight.try.amount')}
          value={trial.amountText}
          onChange={amountText => put({ amountText })}
        />
      </div>
      <output className="try-out-cost">
        {tried === null && <span className="k-muted">{t('freight.try.incomplete')}</span>}
        {tried?.costFen === null && t('freight.try.unreachable')}
        {tried && tried.costFen !== null && (
          <>
            {t('freight.try.cost')} <Price fen={tried.costFen} size="l" />
          </>
        )}
      </output>
    </section>
  )
}
