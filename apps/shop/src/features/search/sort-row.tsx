import type { SearchSort } from '@kaibo/contract/goods/search'
import { useT } from '@kaibo/ui/i18n.ts'
import './search.css'

type SortRowProps = { sort: SearchSort; onSort: (sort: SearchSort) => void }

/** The orders of a list; the price turns round when it is pressed again. */
export function SortRow({ sort, onSort }: SortRowProps) {
  const t = useT()
  const isPrice = sort === 'price_up' || sort === 'price_down'
  return (
    <fieldset className="sort-row" aria-label={t('search.sortBy')}>
      {(['relevance', 'sales', 'new'] as const).map(each => (
        <button key={each} type="button" aria-pressed={sort === each} onClick={() => onSort(each)}>
          {t(`search.sort.${each}`)}
        </button>
      ))}
      <button
        type="button"
        aria-pressed={isPrice}
        onClick={() => onSort(sort === 'price_up' ? 'price_down' : 'price_up')}
      >
        {t(`search.sort.${isPrice ? sort : 'price'}`)}
      </button>
    </fieldset>
  )
}
