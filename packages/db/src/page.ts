import { AppError } from '@kaibo/kernel/fail'
import { invariant } from '@kaibo/kernel/invariant'
import {
  decodeCursor,
  encodeCursor,
  type Page,
  type PageQuery,
  pageLimitMax,
} from '@kaibo/kernel/page'
import { type RawBuilder, type SelectQueryBuilder, type StringReference, sql } from 'kysely'
import { sqlState } from './log.ts'

/** One column of a sort order; `not null`, and the last one of a key is unique. */
export type KeyPart<DB, TB extends keyof DB> = readonly [StringReference<DB, TB>, 'asc' | 'desc']

type KeyValue = ReturnType<typeof decodeCursor>[number]
type AnyKey = readonly (readonly [string, 'asc' | 'desc'])[]

/**
 * One page of `query` in the order of `key`, continued after the cursor. Rows that are added or
 * removed meanwhile neither repeat nor hide others. The query brings its own filters, but no order,
 * limit, grouping or `distinct`; the key columns need not be selected. At most 100 rows.
 * Throws `request.bad_cursor` for a cursor of another list.
 *
 *     pageBy(db.selectFrom('order_header').selectAll(), [['created_at', 'desc'], ['id', 'desc']], page)
 */
export async function pageBy<DB, TB extends keyof DB, R>(
  query: SelectQueryBuilder<DB, TB, R>,
  key: readonly KeyPart<DB, TB>[],
  page: PageQuery,
): Promise<Page<R>> {
  invariant(key.length > 0, 'a page needs a sort key')
  const limit = Math.max(1, Math.min(page.limit, pageLimitMax))
  const refs = key.map(([column]) => sql.ref(column))
  // The key travels as JSON made by the database, so instants keep their microseconds.
  const cursorKey = sql<KeyValue[]>`jsonb_build_array(${sql.join(refs)})`.as('page_key')

  let paged = query.select(cursorKey).limit(limit + 1)
  for (const [column, direction] of key) paged = paged.orderBy(sql.ref(column), direction)
  if (page.cursor !== undefined)
    paged = paged.where(isAfter(key, decodeCursor(page.cursor, key.length)))

  const found: unknown[] = await paged.execute().catch(error => {
    throw page.cursor !== undefined && isBadValue(error)
      ? new AppError('request.bad_cursor')
      : error
  })
  // Kysely cannot see that a selected column comes on top of whatever R is.
  const rows = found as (R & { page_key: KeyValue[] })[]
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(withoutKey<R>),
    next: last ? encodeCursor(last.page_key) : null,
  }
}

function withoutKey<R>(row: R & { page_key: KeyValue[] }): R {
  const { page_key: _, ...item } = row
  return item as R
}

/**
 * `(a, b) > (x, y)`, spelled out because directions may differ: `a ≥ x and (a > x or (b > y))`. The
 * outer comparison lets an index range scan start at the cursor.
 */
function isAfter(key: AnyKey, values: readonly KeyValue[]): RawBuilder<boolean> {
  const [part, ...laterParts] = key
  const [value = null, ...laterValues] = values
  invariant(part, 'the sort key has a column left')
  const column = sql.ref(part[0])
  const beyond = part[1] === 'asc' ? sql`>` : sql`<`
  if (laterParts.length === 0) return sql<boolean>`${column} ${beyond} ${value}`
  const later = isAfter(laterParts, laterValues)
  return sql<boolean>`(${column} ${beyond}= ${value} and (${column} ${beyond} ${value} or ${later}))`
}

/** Invalid text, out of range, invalid or overflowing date: the cursor's values do not fit the columns. */
const isBadValue = (error: unknown) =>
  ['22P02', '22003', '22007', '22008'].includes(sqlState(error) ?? '')
