import type { Category } from '@kaibo/contract/goods/category'
import type { SearchSort } from '@kaibo/contract/goods/search'
import { api } from '@kaibo/ui/data/api.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { useState } from 'react'
import { Link } from 'wouter'
import { goBack } from '../../shell/go-back.ts'
import { MainNav } from '../../shell/main-nav.tsx'
import { usePages } from '../../shell/pages.tsx'
import { Trouble } from '../../shell/trouble.tsx'
import { usePageTitle } from '../../shell/use-page-title.ts'
import { EndlessGrid } from '../goods/product-grid.tsx'
import { SearchEntry } from '../search/search-box.tsx'
import { SortRow } from '../search/sort-row.tsx'
import './category.css'
import { childrenOf, nameOf, pathTo } from './model.ts'
import { useTree } from './use-tree.ts'

const pageSize = 24

/** All goods by kind: the tree on the left, what it holds on the right. */
export function CategoryPage({ categoryId }: { categoryId?: string }) {
  const t = useT()
  const [language] = useLanguage()
  const tree = useTree()
  const items = tree.data?.items ?? []
  const chosen = pathTo(items, categoryId ?? childrenOf(items, null)[0]?.id)
  const last = chosen.at(-1)
  usePageTitle(last ? nameOf(last, language) : t('tree.title'))
  return (
    <Page
      width="wide"
      bar={<AppBar title={t('tree.title')} onBack={goBack} actions={<SearchEntry />} />}
      foot={<MainNav />}
      className="category-page"
    >
      {tree.error && !tree.data && (
        <Trouble error={tree.error} onRetry={() => void tree.refetch()} busy={tree.isFetching} />
      )}
      {!tree.data && !tree.error && <SkeletonList rows={6} />}
      {tree.data && items.length === 0 && <Empty icon="grid" title={t('tree.empty')} />}
      {tree.data && items.length > 0 && !last && <Empty icon="search" title={t('tree.gone')} />}
      {last && (
        <div className="category-columns">
          <Roots items={items} chosen={chosen} />
          <Goods key={last.id} items={items} chosen={chosen} />
        </div>
      )}
    </Page>
  )
}

type TreeProps = { items: readonly Category[]; chosen: readonly Category[] }

function Roots({ items, chosen }: TreeProps) {
  const t = useT()
  const [language] = useLanguage()
  return (
    <nav className="category-roots" aria-label={t('tree.title')}>
      {childrenOf(items, null).map(root => (
        <Link
          key={root.id}
          href={`/category/${root.id}`}
          replace
          aria-current={root.id === chosen[0]?.id ? 'true' : undefined}
        >
          {nameOf(root, language)}
        </Link>
      ))}
    </nav>
  )
}

/** One row of pills for each step down, then the goods of the last one chosen. */
function Goods({ items, chosen }: TreeProps) {
  const t = useT()
  const [sort, setSort] = useState<SearchSort>('relevance')
  const categoryId = chosen.at(-1)?.id ?? ''
  const pages = usePages(['category', categoryId, sort], cursor =>
    api.search.products({ categoryId, sort, limit: pageSize, ...(cursor ? { cursor } : {}) }),
  )
  return (
    <div className="category-goods">
      {chosen.map((node, depth) => (
        <Below key={node.id} items={items} node={node} next={chosen[depth + 1]} />
      ))}
      <SortRow sort={sort} onSort={setSort} />
      <EndlessGrid
        pages={pages}
        empty={
          <Empty icon="bag" title={t('tree.nothing')}>
            {t('tree.nothingHint')}
          </Empty>
        }
      />
    </div>
  )
}

type BelowProps = { items: readonly Category[]; node: Category; next: Category | undefined }

function Below({ items, node, next }: BelowProps) {
  const t = useT()
  const [language] = useLanguage()
  const children = childrenOf(items, node.id)
  if (children.length === 0) return null
  const pill = (id: string, text: string, isOn: boolean) => (
    <li key={id}>
      <Link
        className="category-pill"
        href={`/category/${id}`}
        replace
        aria-current={isOn ? 'true' : undefined}
      >
        {text}
      </Link>
    </li>
  )
  return (
    <ul className="category-pills">
      {pill(node.id, t('tree.all'), next === undefined)}
      {children.map(child => pill(child.id, nameOf(child, language), child.id === next?.id))}
    </ul>
  )
}
