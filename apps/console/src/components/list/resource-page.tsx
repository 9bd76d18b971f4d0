import { Button } from '@kaibo/ui/control/button.tsx'
import { Tabs } from '@kaibo/ui/control/tabs.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import type { QueryKey } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { PageShell } from '../page-shell.tsx'
import { useShortcuts } from '../use-shortcuts.ts'
import { BulkBar } from './bulk-bar.tsx'
import { type Column, DataTable } from './data-table.tsx'
import { FilterMenu } from './filter-menu.tsx'
import { SearchBox } from './search-box.tsx'
import type { Filters } from './use-filters.ts'
import { usePages } from './use-pages.ts'

type PageReply<T> = { items: readonly T[]; next: string | null }

export type ResourcePageProps<T extends object, K extends string> = {
  /** Names the page where its saved filters are kept. */
  id: string
  title: string
  hint?: ReactNode
  /** Begins a new row: `n`, and the main button where it has a label. */
  onNew?: (() => void) | undefined
  newLabel?: string
  /** Other buttons beside the title, in its place. */
  actions?: ReactNode
  /** From `useFilters`. */
  filters: Filters<K>
  onFilter: (change: Partial<Record<K, string>>) => void
  /** The filter that the tabs choose; the first tab is its default. */
  tabs?: {
    filter: K
    label: string
    items: readonly { id: string; label: ReactNode; count?: number }[]
  }
  /** The filter that the search box types into. */
  search?: { filter: K; label: string }
  /** More filters beside the search box. */
  narrow?: ReactNode
  /** What the list is kept under; anything below it is asked again after a change. */
  queryKey: QueryKey
  ask: (page: { cursor?: string; limit: number }) => Promise<PageReply<T>>
  columns: readonly Column<T>[]
  rowKey: (row: T) => string
  rowName: (row: T) => string
  card: (row: T) => ReactNode
  /** Enter, or a click on the row. */
  onOpen?: (row: T) => void
  empty?: ReactNode
  /** What can be done with ticked rows; without it nothing can be ticked. */
  bulk?: (ticked: readonly T[], done: () => void) => ReactNode
  /** Drawers and dialogs that belong to the page. */
  children?: ReactNode
}

const pageSize = 20

/**
 * A list that is worked through: tabs, search, filters that are kept in the address and can be
 * saved, ticked rows with bulk actions, and the keyboard (`/` search, `n` new, arrows and Enter).
 */
export function ResourcePage<T extends object, K extends string>(props: ResourcePageProps<T, K>) {
  const { title, hint, actions, onNew, newLabel, filters, tabs, children } = props
  useShortcuts({
    '/': () => document.querySelector<HTMLInputElement>('.toolbar input[type=search]')?.focus(),
    ...(onNew ? { n: onNew } : {}),
  })
  const list = (
    <List
      // Another list begins at its first page, with nothing ticked.
      key={JSON.stringify(filters)}
      {...props}
    />
  )
  return (
    <PageShell
      title={title}
      hint={hint}
      actions={
        onNew && newLabel ? (
          <Button tone="primary" icon="plus" onClick={onNew}>
            {newLabel}
          </Button>
        ) : (
          actions
        )
      }
    >
      {tabs ? (
        <Tabs
          label={tabs.label}
          tabs={tabs.items}
          value={filters[tabs.filter]}
          onChange={id => props.onFilter({ [tabs.filter]: id } as Partial<Record<K, string>>)}
        >
          {list}
        </Tabs>
      ) : (
        list
      )}
      {children}
    </PageShell>
  )
}

function List<T extends object, K extends string>(props: ResourcePageProps<T, K>) {
  const t = useT()
  const { filters, onFilter, search, narrow, queryKey, ask, rowKey, rowName, bulk } = props
  const [ticked, setTicked] = useState<string[]>([])
  const pages = usePages([...queryKey, filters], cursor => ask({ ...cursor, limit: pageSize }))
  const tickedRows = pages.items.filter(row => ticked.includes(rowKey(row)))
  const set = (change: Readonly<Record<string, string>>) =>
    onFilter(change as Partial<Record<K, string>>)
  const canFilter = search !== undefined || narrow !== undefined
  return (
    <div className="k-stack">
      {(canFilter || bulk) && (
        <div className="toolbar">
          {canFilter && (
            <div className="toolbar-filters">
              {search && (
                <SearchBox
                  label={search.label}
                  value={filters[search.filter]}
                  onSearch={typed => set({ [search.filter]: typed.trim() })}
                />
              )}
              {narrow}
              <FilterMenu page={props.id} filters={filters} onApply={set} />
            </div>
          )}
          {bulk && (
            <BulkBar count={tickedRows.length} onClear={() => setTicked([])}>
              {bulk(tickedRows, () => setTicked([]))}
            </BulkBar>
          )}
        </div>
      )}
      <DataTable
        label={props.title}
        pages={pages}
        columns={props.columns}
        rowKey={rowKey}
        rowName={rowName}
        card={props.card}
        onOpen={props.onOpen}
        empty={props.empty ?? <Empty icon="search" title={t('table.empty')} />}
        selection={bulk ? { keys: ticked, onChange: setTicked } : undefined}
      />
    </div>
  )
}
