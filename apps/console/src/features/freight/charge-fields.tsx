import type { ChargeUnit } from '@kaibo/contract/trade/freight-fen'
import { useT } from '@kaibo/ui/i18n.ts'
import { CountField, MoneyField } from '../../components/form/fields.tsx'
import type { ChargeDraft } from './draft.ts'

type ChargeFieldsProps = {
  charge: ChargeDraft
  chargeBy: ChargeUnit
  onChange: (charge: ChargeDraft) => void
  error?: string | undefined
}

/** The first units and each further one, and from when on it is free. */
export function ChargeFields({ charge, chargeBy, onChange, error }: ChargeFieldsProps) {
  const t = useT()
  const put = (fields: Partial<ChargeDraft>) => onChange({ ...charge, ...fields })
  const unit = t(`freight.unit.${chargeBy}`)
  return (
    <>
      <div className="charge-row">
        <CountField
          label={t('freight.first')}
          after={unit}
          value={charge.firstUnitsText}
          onChange={firstUnitsText => put({ firstUnitsText })}
        />
        <MoneyField
          label={t('freight.firstFee')}
          value={charge.firstFeeText}
          onChange={firstFeeText => put({ firstFeeText })}
        />
        <CountField
          label={t('freight.further')}
          after={unit}
          value={charge.furtherUnitsText}
          onChange={furtherUnitsText => put({ furtherUnitsText })}
        />
        <MoneyField
          label={t('freight.furtherFee')}
          value={charge.furtherFeeText}
          onChange={furtherFeeText => put({ furtherFeeText })}
        />
      </div>
      <div className="form-pair">
        <MoneyField
          label={t('freight.freeFrom')}
          optional
          value={charge.freeFromText}
          onChange={freeFromText => put({ freeFromText })}
        />
        <CountField
          label={t('freight.freeFromCount')}
          optional
          after={t('freight.unit.piece')}
          value={charge.freeFromCountText}
          onChange={freeFromCountText => put({ freeFromCountText })}
        />
      </div>
      {error && (
        <p className="freight-error" role="alert">
          {error}
        </p>
      )}
    </>
  )
}
