import { useT } from '@kaibo/ui/i18n.ts'
import { Countdown } from '@kaibo/ui/live/countdown.tsx'
import type { Sale } from './model.ts'
import './sale.css'

type SaleLineProps = { sale: Sale; offsetMs: number; bar?: boolean }

/** 秒杀: that a price is one, how long it lasts, and how much of it is gone. */
export function SaleLine({ sale, offsetMs, bar }: SaleLineProps) {
  const t = useT()
  const { item, state, isRoomOnly, untilMs } = sale
  const goneShare = item.quota > 0 ? 1 - item.leftCount / item.quota : 1
  return (
    <div className="sale-line" data-state={state}>
      <span className="sale-name">{t(isRoomOnly ? 'sale.room' : 'sale.name')}</span>
      {state === 'sold_out' ? (
        <span className="sale-when">{t('sale.soldOut')}</span>
      ) : (
        <span className="sale-when">
          {t(state === 'coming' ? 'sale.startsIn' : 'sale.endsIn')}
          <Countdown endsAtMs={untilMs} offsetMs={offsetMs} look="text" />
        </span>
      )}
      {bar && state === 'running' && (
        <span className="sale-bar" style={{ '--gone': goneShare }}>
          <span>{t('sale.gone', { percent: Math.floor(goneShare * 100) })}</span>
        </span>
      )}
    </div>
  )
}
