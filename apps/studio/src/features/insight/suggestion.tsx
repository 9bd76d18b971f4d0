import type { NextProduct } from '@kaibo/contract/show/insight'
import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import './insight.css'
import { reasonFacts } from './model.ts'

type SuggestionProps = {
  next: NextProduct | null | undefined
  onExplain: (productId: string) => void
}

/** What to explain next, and why in a sentence with the numbers behind it. */
export function Suggestion({ next, onExplain }: SuggestionProps) {
  const t = useT()
  if (!next) return null
  const { number, title } = next
  return (
    <section className="suggestion" aria-label={t('suggest.title')}>
      <div>
        <h3 className="k-clamp" style={{ '--lines': 1 }} title={title}>
          <span className="suggestion-word">{t('suggest.title')}</span>{' '}
          {t('suggest.product', { number, title })}
        </h3>
        <p>{t(`suggest.reason.${next.reason}`, reasonFacts(next))}</p>
      </div>
      <Button
        size="s"
        tone="primary"
        aria-label={t('suggest.explain', { number, title })}
        onClick={() => onExplain(next.productId)}
      >
        {t('bag.explain')}
      </Button>
    </section>
  )
}
