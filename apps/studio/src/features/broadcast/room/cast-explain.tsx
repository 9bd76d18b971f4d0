import { Button } from '@kaibo/ui/control/button.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { ExplainClock } from '../../bag/explain-clock.tsx'
import { nextInBag } from '../../bag/model.ts'
import type { Desk } from '../../desk/use-desk.ts'

type CastExplainProps = { desk: Desk; isLocked: boolean; onBag: () => void }

/** What is explained and what comes next, one press away from the thumb; the whole bag behind it. */
export function CastExplain({ desk, isLocked, onBag }: CastExplainProps) {
  const t = useT()
  const { bag, lane } = desk.bag
  const explaining = bag?.explaining ?? null
  const next = bag && nextInBag(bag)
  return (
    <section className="cast-explain" aria-label={t('phone.explaining')}>
      <button
        type="button"
        className="cast-bag"
        aria-label={t('broadcast.tool.bag', { count: bag?.items.length ?? 0 })}
        onClick={onBag}
      >
        <Icon name="bag" />
        <b className="k-num">{bag?.items.length ?? 0}</b>
      </button>
      <div className="cast-explained">
        {explaining ? (
          <>
            <p className="k-clamp" style={{ '--lines': 1 }}>
              <b className="k-num">{explaining.item.number}</b> {explaining.item.product.title}
            </p>
            <p className="k-row">
              <Price fen={explaining.item.product.priceFromFen} size="s" />
              <ExplainClock since={explaining.since} />
            </p>
          </>
        ) : (
          <p>{t('phone.nothing')}</p>
        )}
      </div>
      {!isLocked && next && (
        <Button tone="primary" onClick={() => lane.explain(next.product.id)}>
          {t('broadcast.next', { number: next.number })}
        </Button>
      )}
      {!isLocked && !next && explaining && (
        <Button onClick={() => lane.explain(null)}>{t('bag.stop')}</Button>
      )}
    </section>
  )
}
