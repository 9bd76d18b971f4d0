import type { SearchSort } from '@kaibo/contract/goods/search'
import { api } from '@kaibo/ui/data/api.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { LanguageButton } from '@kaibo/ui/shell/language-button.tsx'
import { Page } from '@kaibo/ui/shell/page.tsx'
import { useState } from 'react'
import { MainNav } from '../../shell/main-nav.tsx'
import { usePages } from '../../shell/pages.tsx'
import { usePageTitle } from '../../shell/use-page-title.ts'
import { useTree } from '../category/use-tree.ts'
import { EndlessGrid, ProductGridSkeleton } from '../goods/product-grid.tsx'
import { SearchEntry } from '../search/search-box.tsx'
import { CategoryEntries } from './category-entries.tsx'
import { FlashStrip, useFlashSales } from './flash-strip.tsx'
import { LiveStrip, useRooms } from './live-strip.tsx'
import './mall.css'

const pageSize = 24
const lists = ['sales', 'new'] as const satisfies readonly SearchSort[]

/** The shop window: who is live, what is on flash sale, goods by kind, what sells and what is new. */
export function MallPage() {
  const t = useT()
  usePageTitle(t('mall.title'))
  // All of it at once, so that nothing is pushed down by what comes later.
  const isKnown = ![useRooms(), useTree(), useFlashSales()].some(query => query.isPending)
  return (
    <Page
      width="wide"
      bar={
        <header className="k-bar">
          <h1 className="k-sr">{t('mall.title')}</h1>
          <div className="k-bar-inner">
            <SearchEntry />
            <LanguageButton />
          </div>
        </header>
      }
      foot={<MainNav />}
    >
      {!isKnown && <ProductGridSkeleton />}
      <div className="mall" hidden={!isKnown}>
        <LiveStrip />
        <CategoryEntries />
        <FlashStrip />
        <Shelf />
      </div>
    </Page>
  )
}

/** All goods in an order of one's choice; the same for everybody. */
function Shelf() {
  const t = useT()
  const [sort, setSort] = useState<(typeof lists)[number]>('sales')
  const pages = usePages(['mall', sort], cursor =>
    api.search.products({ sort, limit: pageSize, ...(cursor ? { cursor } : {}) }),
  )
  return (
    <section className="mall-section">
      <fieldset className="mall-lists" aria-label={t('mall.lists')}>
        {lists.map(each => (
          <button
            key={each}
            type="button"
            aria-pressed={each === sort}
            onClick={() => setSort(each)}
          >
            {t(`mall.${each}`)}
          </button>
        ))}
      </fieldset>
      <EndlessGrid
        pages={pages}
        empty={
          <Empty icon="bag" title={t('mall.empty')}>
            {t('mall.emptyHint')}
          </Empty>
        }
      />
    </section>
  )
}
