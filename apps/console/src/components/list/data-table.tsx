import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Checkbox, Table } from 'antd'
import type { ReactNode } from 'react'
import { useNarrow } from '../use-narrow.ts'
import { Pager } from './pager.tsx'
import { stepRow } from './step-row.ts'
import type { Pages } from './use-pages.ts'

export type Column<T> = {
  key: string
  title: string
  cell: (row: T) => ReactNode
  widthPx?: number
  align?: 'start' | 'end'
}

export type DataTableProps<T extends object> = {
  /** What the rows are, for screen readers. */
  label: string
  pages: Pages<T>
  columns: readonly Column<T>[]
  rowKey: (row: T) => string
  /** How a row is called where it is ticked. */
  rowName?: (row: T) => string
  /** The same row where there is no room for columns. */
  card: (row: T) => ReactNode
  /** Shown when there is nothing at all. */
  empty: ReactNode
  /** Rows can be ticked. */
  selection?: Selection | undefined
  /** More about a row, below it. */
  detail?: (row: T) => ReactNode
  /** Enter on a row, or a click on it; arrow keys go from row to row. */
  onOpen?: ((row: T) => void) | undefined
}

export type Selection = { keys: readonly string[]; onChange: (keys: string[]) => void }

/** A keyset-paged table; on a phone a list of cards. Loading, empty and failed look the same everywhere. */
export function DataTable<T extends object>(props: DataTableProps<T>) {
  const { pages, label, empty } = props
  const isNarrow = useNarrow()
  const sentence = useErrorSentence()
  if (pages.isLoading) return <SkeletonList rows={6} />
  if (pages.error && pages.items.length === 0) {
    return <ErrorState onRetry={pages.retry}>{sentence(pages.error)}</ErrorState>
  }
  if (pages.items.length === 0 && pages.pageNumber === 1) return empty
  return (
    <section className="data-table" aria-label={label} aria-busy={pages.isTurning}>
      {isNarrow ? <Cards {...props} /> : <Columns {...props} />}
      <Pager pages={pages} />
    </section>
  )
}

function Cards<T extends object>(props: DataTableProps<T>) {
  const { pages, rowKey, rowName, card, selection, detail, onOpen } = props
  const t = useT()
  const tick = (key: string, isTicked: boolean) =>
    selection?.onChange([
      ...selection.keys.filter(each => each !== key),
      ...(isTicked ? [key] : []),
    ])
  return (
    <ul className="data-cards">
      {pages.items.map(row => (
        <li key={rowKey(row)} className="k-card data-card">
          {selection && (
            <Checkbox
              className="data-card-tick"
              aria-label={rowName?.(row)}
              checked={selection.keys.includes(rowKey(row))}
              onChange={event => tick(rowKey(row), event.target.checked)}
            />
          )}
          {card(row)}
          {onOpen && (
            <button
              type="button"
              className="text-button data-card-open"
              onClick={() => onOpen(row)}
            >
              {t('table.open')}
            </button>
          )}
          {detail && (
            <details>
              <summary>{t('table.detail')}</summary>
              {detail(row)}
            </details>
          )}
        </li>
      ))}
    </ul>
  )
}

function Columns<T extends object>(props: DataTableProps<T>) {
  const { pages, columns, rowKey, rowName, selection, detail, onOpen } = props
  return (
    <Table<T>
      dataSource={pages.items}
      rowKey={rowKey}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={columns.map(column => ({
        key: column.key,
        title: column.title,
        align: column.align ?? 'start',
        ...(column.widthPx ? { width: column.widthPx } : {}),
        render: (_: unknown, row: T) => column.cell(row),
      }))}
      {...(detail ? { expandable: { expandedRowRender: detail } } : {})}
      {...(onOpen
        ? {
            onRow: row => ({
              tabIndex: 0,
              className: 'data-row',
              onClick: event => {
                if (!isControl(event.target)) onOpen(row)
              },
              onKeyDown: event => {
                if (event.target !== event.currentTarget) return
                if (event.key === 'Enter') onOpen(row)
                else if (stepRow(event.currentTarget, event.key)) event.preventDefault()
              },
            }),
          }
        : {})}
      {...(selection
        ? {
            rowSelection: {
              selectedRowKeys: [...selection.keys],
              onChange: keys => selection.onChange(keys.map(String)),
              getCheckboxProps: row => ({ 'aria-label': rowName?.(row) ?? '' }),
            },
          }
        : {})}
    />
  )
}

/** Something in the row that has a click of its own. */
const isControl = (target: EventTarget): boolean =>
  target instanceof Element &&
  target.closest('a, button, input, label, select, textarea, .ant-table-selection-column') !== null
