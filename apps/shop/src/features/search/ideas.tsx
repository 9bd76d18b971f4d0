import type { Suggestion } from '@kaibo/contract/goods/search'
import { IconButton } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useEffect, useState } from 'react'
import { useSearchHistory } from './use-history.ts'

type IdeasProps = { text: string; onChoose: (text: string) => void }

const restMs = 150

/** What one might look for: while nothing is typed, what was and what many look for. */
export const Ideas = ({ text, onChoose }: IdeasProps) =>
  text.trim() === '' ? <Before onChoose={onChoose} /> : <Typing text={text} onChoose={onChoose} />

function Typing({ text, onChoose }: IdeasProps) {
  const t = useT()
  const q = useRested(text.trim())
  const query = useQueryOf(['suggestions', q], () => api.search.suggest({ q }), {
    enabled: q !== '',
    keepsLast: true,
  })
  const items = query.data?.items ?? []
  if (items.length === 0) return null
  return (
    <ul className="search-suggestions" aria-label={t('search.suggestions')}>
      {items.map(item => (
        <li key={item.text}>
          <button type="button" onClick={() => onChoose(item.text)}>
            <Icon name={iconOf(item)} />
            <span>{item.text}</span>
            {(item.kind === 'brand' || item.kind === 'category') && (
              <small className="k-muted">{t(`search.kind.${item.kind}`)}</small>
            )}
          </button>
        </li>
      ))}
    </ul>
  )
}

const iconOf = ({ kind }: Suggestion) =>
  kind === 'brand' ? 'tag' : kind === 'category' ? 'grid' : 'search'

/** The value once it has stood still for a moment: not every key asks the server. */
function useRested(value: string): string {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restMs)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}

function Before({ onChoose }: Pick<IdeasProps, 'onChoose'>) {
  const t = useT()
  const history = useSearchHistory()
  const hot = useQueryOf(['hot-words'], () => api.search.hotWords())
  const hotWords = hot.data?.items ?? []
  return (
    <div className="search-before">
      {history.items.length > 0 && (
        <section>
          <header>
            <h2>{t('search.history')}</h2>
            <IconButton icon="trash" label={t('search.forget')} onClick={history.clear} />
          </header>
          <Words words={history.items} onChoose={onChoose} />
          <p className="search-note">{t('search.historyNote')}</p>
        </section>
      )}
      {hotWords.length > 0 && (
        <section>
          <header>
            <h2>{t('search.hot')}</h2>
          </header>
          <Words words={hotWords} onChoose={onChoose} />
        </section>
      )}
      {history.items.length === 0 && hotWords.length === 0 && (
        <p className="search-note">{t('search.hint')}</p>
      )}
    </div>
  )
}

const Words = ({
  words,
  onChoose,
}: { words: readonly string[] } & Pick<IdeasProps, 'onChoose'>) => (
  <ul className="search-words">
    {words.map(word => (
      <li key={word}>
        <button type="button" onClick={() => onChoose(word)}>
          {word}
        </button>
      </li>
    ))}
  </ul>
)
