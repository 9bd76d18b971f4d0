import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { type ReactNode, useState } from 'react'
import { usePages } from '../../shell/pages.tsx'
import { EndlessGrid } from '../goods/product-grid.tsx'
import { FilterPanel } from './filter-panel.tsx'
import { filterCount, type Wanted } from './model.ts'
import { SortRow } from './sort-row.tsx'

const pageSize = 24

type ResultsProps = { wanted: Wanted; onWanted: (wanted: Wanted) => void }

/** What was found, with its order and filters; the filters lie beside it where there is room. */
export function Results({ wanted, onWanted }: ResultsProps) {
  const t = useT()
  const [isFiltering, setFiltering] = useState(false)
  const { sort, ...filters } = wanted
  const pages = usePages(['search', wanted], cursor =>
    api.search.products({ ...wanted, limit: pageSize, ...(cursor ? { cursor } : {}) }),
  )
  const facets = useQueryOf(['search-facets', filters], () => api.search.facets(filters), {
    keepsLast: true,
  })
  const count = filterCount(wanted)
  const clear = () => onWanted({ sort, ...(wanted.q ? { q: wanted.q } : {}) })
  const panel = <FilterPanel wanted={wanted} facets={facets.data} onWanted={onWanted} />
  const clearButton = (
    <Button tone="quiet" onClick={clear}>
      {t('search.clearFilters')}
    </Button>
  )
  return (
    <div className="search-results">
      <aside className="search-aside" aria-label={t('search.filters')}>
        {panel}
        {count > 0 && clearButton}
      </aside>
      <div className="search-list">
        <div className="search-tools">
          <SortRow sort={sort} onSort={next => onWanted({ ...wanted, sort: next })} />
          <Button
            className="search-filter-button"
            tone="plain"
            size="s"
            icon="filter"
            onClick={() => setFiltering(true)}
          >
            {count > 0 ? t('search.filtersOn', { count }) : t('search.filters')}
          </Button>
        </div>
        <Notes
          understoodAs={pages.first?.understoodAs ?? null}
          isWide={pages.items.length > 0 && pages.first?.isWide === true}
          total={facets.data?.total}
        />
        <EndlessGrid pages={pages} empty={<Nothing onClear={count > 0 ? clear : undefined} />} />
        {!pages.hasMore && pages.items.length > 0 && (
          <p className="search-note search-fair">{t('search.fair')}</p>
        )}
      </div>
      <FilterSheet
        open={isFiltering}
        onClose={() => setFiltering(false)}
        total={facets.data?.total ?? 0}
        clear={clearButton}
      >
        {panel}
      </FilterSheet>
    </div>
  )
}

type FilterSheetProps = {
  open: boolean
  onClose: () => void
  total: number
  clear: ReactNode
  children: ReactNode
}

function FilterSheet({ open, onClose, total, clear, children }: FilterSheetProps) {
  const t = useT()
  const foot = (
    <div className="search-sheet-foot">
      {clear}
      <Button tone="primary" wide onClick={onClose}>
        {t('search.show', { count: total })}
      </Button>
    </div>
  )
  return (
    <Sheet open={open} onClose={onClose} title={t('search.filters')} side="end" tall footer={foot}>
      {children}
    </Sheet>
  )
}

type NotesProps = { understoodAs: string | null; isWide: boolean; total: number | undefined }

function Notes({ understoodAs, isWide, total }: NotesProps) {
  const t = useT()
  return (
    <p className="search-note" role="status">
      {understoodAs && <span>{t('search.understood', { words: understoodAs })}</span>}
      {isWide && <span>{t('search.wide')}</span>}
      {total !== undefined && total > 0 && <span>{t('search.total', { count: total })}</span>}
    </p>
  )
}

function Nothing({ onClear }: { onClear: (() => void) | undefined }) {
  const t = useT()
  const action = onClear && (
    <Button tone="primary" onClick={onClear}>
      {t('search.clearFilters')}
    </Button>
  )
  return (
    <Empty icon="search" title={t('search.empty')} action={action}>
      {t(onClear ? 'search.emptyFiltered' : 'search.emptyHint')}
    </Empty>
  )
}
