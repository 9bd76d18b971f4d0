import { AppError } from '@kaibo/kernel/fail'
import type { Id } from '@kaibo/kernel/ids'
import { decodeCursor, encodeCursor, type Page, type PageQuery } from '@kaibo/kernel/page'
import { type RawBuilder, sql } from 'kysely'
import type { Database, Db } from './database.ts'
import { sqlState } from './log.ts'

/** Rows of the platform have no shop. */
type Where = { shopId?: Id | undefined }
type AnyRow = { id: Id; name: string }

/**
 * A plain table of the contract's `resource`: `id`, `name` and the columns of `fields`; with
 * `shop_id` when each shop has its own rows. Names are unique (per shop) by an index of the table.
 */
export type ResourceStore<Row extends AnyRow> = {
  page(where: Where & { q?: string | undefined } & PageQuery): Promise<Page<Row>>
  /** Throws `request.not_found`. */
  one(where: Where & { id: Id }): Promise<Row>
  /** The same id again changes nothing. Throws `resource.name_taken` or `resource.too_many`. */
  add(row: Where & Row): Promise<Row>
  /** Throws `request.not_found` or `resource.name_taken`. */
  put(row: Where & Row): Promise<Row>
  /** Throws `request.not_found`. */
  drop(where: Where & { id: Id }): Promise<void>
  /** Those of `ids` that exist; of one shop, when it is named. */
  rowsByIds(db: Db, where: Where & { ids: readonly Id[] }): Promise<Row[]>
}

export type ResourceTable<Row extends AnyRow> = {
  table: string
  scope: 'shop' | 'platform'
  /** JSON names of the columns besides id and name. */
  fields: readonly Exclude<keyof Row & string, 'id' | 'name'>[]
  /** In all, or per shop. */
  rowsMax: number
}

const columnOf = (field: string) => field.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
/** A name that is there; a cursor of another list. */
const refusals = new Map([
  ['23505', 'resource.name_taken'],
  ['22P02', 'request.bad_cursor'],
])
const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&')

/** The rows of a plain table. */
export function createResourceStore<Row extends AnyRow>(
  { db }: Pick<Database, 'db'>,
  { table: name, scope, fields, rowsMax }: ResourceTable<Row>,
): ResourceStore<Row> {
  const table = sql.table(name)
  const keys = ['id', 'name', ...fields] as const
  const columns = keys.map(key => sql.ref(columnOf(key)))
  const row = sql.join(keys.map(key => sql`${sql.ref(columnOf(key))} as ${sql.ref(key)}`))
  const own = ({ shopId }: Where) =>
    scope === 'shop' ? sql<boolean>`shop_id = ${shopId}` : sql<boolean>`true`

  const ask = async (query: RawBuilder<Row>, on: Db = db): Promise<Row[]> => {
    const { rows } = await query.execute(on).catch(error => {
      const code = refusals.get(sqlState(error) ?? '')
      throw code ? new AppError(code) : error
    })
    return rows
  }
  const must = ([found]: Row[]): Row => {
    if (!found) throw new AppError('request.not_found')
    return found
  }
  const one: ResourceStore<Row>['one'] = async where =>
    must(await ask(sql<Row>`select ${row} from ${table} where id = ${where.id} and ${own(where)}`))

  return {
    one,
    page: async ({ q, cursor, limit, ...where }) => {
      const like = q ? sql`name ilike ${`%${escapeLike(q)}%`}` : sql`true`
      const [after] = cursor === undefined ? [] : decodeCursor(cursor, 1)
      // Ids are UUIDv7, so their order is that of time.
      const isLater = after === undefined ? sql`true` : sql`id < ${after}`
      const rows = await ask(sql<Row>`
        select ${row} from ${table} where ${own(where)} and ${like} and ${isLater}
        order by id desc limit ${limit + 1}`)
      const items = rows.slice(0, limit)
      const last = rows.length > limit ? items.at(-1) : undefined
      return { items, next: last ? encodeCursor([last.id]) : null }
    },
    add: async given => {
      const shop = scope === 'shop'
      const values = keys.map(key => sql`${given[key]}`)
      const [added] = await ask(sql<Row>`
        insert into ${table} (${sql.join(shop ? [sql.ref('shop_id'), ...columns] : columns)})
        select ${sql.join(shop ? [sql`${given.shopId}`, ...values] : values)}
        where (select count(*) from ${table} where ${own(given)}) < ${rowsMax}
        on conflict (id) do nothing returning ${row}`)
      if (added) return added
      return one(given).catch(() => {
        throw new AppError('resource.too_many')
      })
    },
    put: async given => {
      const sets = fields.map(key => sql`${sql.ref(columnOf(key))} = ${given[key]}`)
      return must(
        await ask(sql<Row>`
          update ${table} set ${sql.join([sql`name = ${given.name}`, ...sets])}
          where id = ${given.id} and ${own(given)} returning ${row}`),
      )
    },
    drop: async where => {
      must(
        await ask(sql<Row>`
          delete from ${table} where id = ${where.id} and ${own(where)} returning ${row}`),
      )
    },
    rowsByIds: async (on, { ids, shopId }) =>
      ids.length === 0
        ? []
        : ask(
            sql<Row>`select ${row} from ${table} where id = any(${ids}::uuid[])
              and ${shopId === undefined ? sql`true` : own({ shopId })}`,
            on,
          ),
  }
}
