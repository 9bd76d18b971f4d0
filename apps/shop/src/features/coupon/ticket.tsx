import { Price } from '@kaibo/ui/display/price.tsx'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import type { ReactNode } from 'react'
import { type Promised, shareText } from './model.ts'
import './coupon.css'

type TicketProps = {
  of: Promised
  /** When it is good, in words. */
  when: string
  /** Beside the text: what can be done with it. */
  children?: ReactNode
  isFaded?: boolean
}

/** A coupon that looks like one: what it takes off, from how much, for what, until when. */
export function Ticket({ of, when, children, isFaded }: TicketProps) {
  const t = useT()
  const format = useFormat()
  const [language] = useLanguage()
  const { off, thresholdFen, scope, shop, title } = of
  return (
    <article className="ticket" data-faded={isFaded || undefined}>
      <div className="ticket-off">
        {'fen' in off ? (
          <Price fen={off.fen} size="xl" />
        ) : (
          <strong className="ticket-share">
            {t('coupon.off', { share: shareText(off, language) })}
          </strong>
        )}
        <span>
          {thresholdFen > 0
            ? t('coupon.threshold', { amount: format.fen(thresholdFen) })
            : t('coupon.noThreshold')}
        </span>
      </div>
      <div className="ticket-text">
        <h3 className="k-clamp">{title}</h3>
        <p className="k-clamp" style={{ '--lines': 2 }}>
          {shop?.name ?? t('coupon.ofPlatform')} · {t(`coupon.scope.${scope.only}`)}
          {'bps' in off && off.maxFen !== null && (
            <> · {t('coupon.cap', { amount: format.fen(off.maxFen) })}</>
          )}
        </p>
        <p className="ticket-when">{when}</p>
      </div>
      {children && <div className="ticket-action">{children}</div>}
    </article>
  )
}
