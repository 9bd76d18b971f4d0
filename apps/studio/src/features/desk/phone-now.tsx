import { Button } from '@kaibo/ui/control/button.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { ExplainClock } from '../bag/explain-clock.tsx'
import { nextInBag } from '../bag/model.ts'
import { Suggestion } from '../insight/suggestion.tsx'
import type { Desk } from './use-desk.ts'

/** On a phone beside the camera: what is explained, what comes next, in targets for a thumb. */
export function PhoneNow({ desk, isLocked }: { desk: Desk; isLocked: boolean }) {
  const t = useT()
  const { bag, lane } = desk.bag
  if (!bag || bag.items.length === 0) return null
  const { explaining } = bag
  const next = nextInBag(bag)
  return (
    <section className="phone-now" aria-label={t('phone.explaining')}>
      {explaining ? (
        <div className="phone-now-card">
          <p>
            <b className="k-num">{explaining.item.number}</b>{' '}
            <ExplainClock since={explaining.since} />
          </p>
          <h2 className="k-clamp" style={{ '--lines': 2 }}>
            {explaining.item.product.title}
          </h2>
          <p>
            <Price fen={explaining.item.product.priceFromFen} />{' '}
            <span className="k-muted k-num">
              {t('bag.stock', { count: explaining.item.product.available })}
            </span>
          </p>
        </div>
      ) : (
        <p className="phone-now-card k-muted">{t('phone.nothing')}</p>
      )}
      {!isLocked && (
        <div className="phone-now-keys">
          {explaining && (
            <Button size="l" onClick={() => lane.explain(null)}>
              {t('bag.stop')}
            </Button>
          )}
          {next && (
            <Button size="l" tone="primary" onClick={() => lane.explain(next.product.id)}>
              <span className="k-clamp" style={{ '--lines': 1 }}>
                {t('phone.next', { number: next.number, title: next.product.title })}
              </span>
            </Button>
          )}
        </div>
      )}
      {!isLocked && (
        <Suggestion next={desk.insight.data?.next} onExplain={id => lane.explain(id)} />
      )}
    </section>
  )
}
