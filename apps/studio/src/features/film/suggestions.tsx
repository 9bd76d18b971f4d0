import type { ClipSuggestion } from '@kaibo/contract/media/clip'
import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { planOf } from './model.ts'
import type { Film } from './use-film.ts'

type SuggestionsProps = { film: Film; onPlan: (suggestion: ClipSuggestion) => void }

/** Explanations that no clip shows yet: cut as they are, or looked at first. */
export function Suggestions({ film, onPlan }: SuggestionsProps) {
  const t = useT()
  const { duration } = useFormat()
  const suggestions = film.clips.data?.suggestions ?? []
  if (suggestions.length === 0) return null
  return (
    <section className="film-suggestions">
      <h3>{t('film.suggestions')}</h3>
      <ul>
        {suggestions.map(suggestion => (
          <li key={`${suggestion.productId}-${suggestion.fromMs}`}>
            <span className="film-words">
              <strong className="k-clamp" style={{ '--lines': 1 }}>
                {suggestion.title || t('recap.goneProduct')}
              </strong>
              <small className="k-muted k-num">
                {duration(suggestion.fromMs)} – {duration(suggestion.toMs)}
              </small>
            </span>
            <Button size="s" tone="plain" onClick={() => onPlan(suggestion)}>
              {t('film.adjust')}
            </Button>
            <Button
              size="s"
              busy={film.cut.busy}
              disabled={suggestion.title === ''}
              onClick={() => film.cut.run(planOf(suggestion))}
            >
              {t('film.cut')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
