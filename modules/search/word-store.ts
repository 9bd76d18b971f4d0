import type { Suggestion } from '@kaibo/contract/goods/search'
import type { Db, Tx } from '@kaibo/db/database'
import type { Beginnings } from '@kaibo/search/suggest'
import { sql } from 'kysely'

/** Counted on fewer searches than this, words are nobody's business. */
const sharedCountMin = 3
const hotDays = 7
const keepDays = 60

/** How what is being typed may go on: popular queries, then brands, categories, words. */
export async function suggestionsFor(
  db: Db,
  { word, sound, initials }: Beginnings,
  limit: number,
): Promise<Suggestion[]> {
  const begins = (column: string, text: string) =>
    sql`${sql.ref(column)} >= ${text} and ${sql.ref(column)} < ${`${text}\u{10ffff}`}`
  const terms = [sql`select * from search_term where ${begins('word', word)}`]
  if (sound)
    terms.push(sql`select * from search_term where sound <> '' and ${begins('sound', sound)}`)
  if (initials)
    terms.push(
      sql`select * from search_term where initials <> '' and ${begins('initials', initials)}`,
    )
  const { rows } = await sql<Suggestion>`
    with term as (${sql.join(terms, sql` union `)}), ranked as (
      select words as text, 'query' as kind, 0 as class, sum(query_count)::int as count
      from search_query
      where starts_with(words, ${word}) and day > current_date - ${hotDays}::int
      group by words having sum(query_count) >= ${sharedCountMin}
      union all
      select word, kind, case kind when 'brand' then 1 when 'category' then 1 else 2 end,
        document_count
      from term where char_length(word) > 1
    )
    select text, (array_agg(kind order by class))[1] as kind from ranked
    group by text order by min(class), max(count) desc, text limit ${limit}`.execute(db)
  return rows
}

/** What many looked for in the last days, most first. */
export async function hotWords(db: Db, limit: number): Promise<string[]> {
  const { rows } = await sql<{ words: string }>`
    select words from search_query where day > current_date - ${hotDays}::int
    group by words having sum(query_count) >= ${sharedCountMin}
    order by sum(query_count) desc, words limit ${limit}`.execute(db)
  return rows.map(row => row.words)
}

/** Adds counts to today's, and forgets old days. */
export async function addQueries(tx: Tx, counts: ReadonlyMap<string, number>): Promise<void> {
  await sql`
    insert into search_query (day, words, query_count)
    select current_date, * from unnest(${[...counts.keys()]}::text[], ${[...counts.values()]}::int[])
      as asked (words, count) order by words
    on conflict (day, words) do update
      set query_count = search_query.query_count + excluded.query_count`.execute(tx)
  await sql`delete from search_query where day < current_date - ${keepDays}::int`.execute(tx)
}
