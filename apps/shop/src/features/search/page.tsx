import { IconButton } from '@kaibo/ui/control/button.tsx'
import { useKitT, useT } from '@kaibo/ui/i18n.ts'
import { Page } from '@kaibo/ui/shell/page.tsx'
import { useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import { goBack } from '../../shell/go-back.ts'
import { usePageTitle } from '../../shell/use-page-title.ts'
import { Ideas } from './ideas.tsx'
import { addressOf, type Wanted, wantedOf } from './model.ts'
import { Results } from './results.tsx'
import { SearchBox } from './search-box.tsx'
import { useSearchHistory } from './use-history.ts'

/** Looking for products: ideas while one types, then what was found. The address says it all. */
export function SearchPage() {
  const t = useT()
  const kitT = useKitT()
  const wanted = wantedOf(useSearch())
  const [, go] = useLocation()
  const history = useSearchHistory()
  const [typed, setTyped] = useState<string | null>(null)
  const asked = wanted.q ?? ''
  usePageTitle(asked || t('search.title'))
  const show = (next: Wanted, { replaces }: { replaces: boolean }) => {
    go(addressOf(next), { replace: replaces })
  }
  const look = (text: string) => {
    setTyped(null)
    if (text !== '') history.add(text)
    show({ sort: 'relevance', ...(text ? { q: text } : {}) }, { replaces: asked === '' })
  }
  const isTyping = typed !== null || addressOf(wanted) === '/search'
  return (
    <Page
      width="wide"
      bar={
        <header className="k-bar">
          <h1 className="k-sr">{t('search.title')}</h1>
          <div className="k-bar-inner">
            <IconButton icon="back" label={kitT('action.back')} onClick={goBack} />
            <SearchBox
              text={typed ?? asked}
              onText={setTyped}
              onSearch={look}
              onFocus={() => setTyped(current => current ?? asked)}
            />
          </div>
        </header>
      }
    >
      {isTyping ? (
        <Ideas text={typed ?? ''} onChoose={look} />
      ) : (
        <Results wanted={wanted} onWanted={next => show(next, { replaces: true })} />
      )}
    </Page>
  )
}
