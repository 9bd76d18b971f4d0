import type { WordScene, WordTier } from '@kaibo/contract/show/wordlist'
import { type Db, notifyAfterCommit, type Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import { type Id, newId } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'

/** Null = the platform's list. */
export type ListOwner = Id | null

export const changedChannel = 'kaibo_wordlist'

export type WordRow = {
  id: Id
  word: string
  tier: WordTier
  scenes: WordScene[]
  note: string
  setBy: Id | null
  setAt: Date
}

const ofOwner = (owner: ListOwner) => sql<boolean>`shop_id is not distinct from ${owner}`

export type WordFilter = {
  q?: string | undefined
  tier?: WordTier | undefined
  scene?: WordScene | undefined
}

/** Words of one list: those set last first, those set together by the alphabet. */
export function pageOfWords(
  db: Db,
  owner: ListOwner,
  { q, tier, scene, ...page }: WordFilter & PageQuery,
): Promise<Page<WordRow>> {
  let query = db
    .selectFrom('wordlist_word')
    .select([
      'id',
      'word',
      sql<WordTier>`tier`.as('tier'),
      sql<WordScene[]>`scenes`.as('scenes'),
      'note',
      'set_by as setBy',
      'set_at as setAt',
    ])
    .where(ofOwner(owner))
  if (q) query = query.where(sql<boolean>`strpos(lower(word || ' ' || note), lower(${q})) > 0`)
  if (tier) query = query.where('tier', '=', tier)
  if (scene) query = query.where(sql<boolean>`(scenes = '{}' or ${scene} = any(scenes))`)
  const latestFirst = [
    ['set_at', 'desc'],
    ['key', 'asc'],
  ] as const
  return pageBy(query, latestFirst, page)
}

/** Changes of lists take turns until the transaction ends, so that versions rise as they commit. */
export async function lockLists(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('wordlist', 0))`.execute(tx)
}

/** Tells every process that this list is another one. */
export async function markChanged(tx: Tx, owner: ListOwner): Promise<void> {
  await sql`
    insert into wordlist_list (shop_id, version) values (${owner}, nextval('wordlist_version'))
    on conflict (shop_id) do update set version = excluded.version`.execute(tx)
  notifyAfterCommit(tx, changedChannel)
}

export type SetWords = {
  owner: ListOwner
  words: readonly { key: string; word: string }[]
  tier: WordTier
  scenes: readonly WordScene[]
  note: string
  setBy: Id | null
}

/** Adds words, or changes those that the list knows. Keys must differ. Returns how many were new. */
export async function upsertWords(tx: Tx, { words, ...all }: SetWords): Promise<number> {
  const { rows } = await sql<{ isNew: boolean }>`
    insert into wordlist_word (id, shop_id, key, word, tier, scenes, note, set_by)
    select id, ${all.owner}::uuid, key, word, ${all.tier}, ${all.scenes}::text[], ${all.note},
      ${all.setBy}::uuid
    from unnest(${words.map(() => newId())}::uuid[], ${words.map(({ key }) => key)}::text[],
      ${words.map(({ word }) => word)}::text[]) as given (id, key, word)
    on conflict (shop_id, key) do update set word = excluded.word, tier = excluded.tier,
      scenes = excluded.scenes, note = excluded.note, set_by = excluded.set_by,
      set_at = excluded.set_at
    returning xmax = 0 as "isNew"`.execute(tx)
  return rows.filter(row => row.isNew).length
}

export async function countOf(db: Db, owner: ListOwner): Promise<number> {
  const { count } = await db
    .selectFrom('wordlist_word')
    .select(sql<number>`count(*)`.as('count'))
    .where(ofOwner(owner))
    .executeTakeFirstOrThrow()
  return count
}

/** Removes words of one list; ids of others are passed over. Returns how many. */
export async function deleteWords(tx: Tx, owner: ListOwner, ids: readonly Id[]): Promise<number> {
  const { rows } = await sql`
    delete from wordlist_word where ${ofOwner(owner)} and id = any(${ids}::uuid[])
    returning id`.execute(tx)
  return rows.length
}

export type ListVersion = { shopId: ListOwner; version: number }

/** Lists that changed after `version`, in the order of their changes. */
export async function listsAfter(
  db: Db,
  version: number,
  limit: number,
): Promise<readonly ListVersion[]> {
  return db
    .selectFrom('wordlist_list')
    .select(['shop_id as shopId', 'version'])
    .where('version', '>', version)
    .orderBy('version')
    .limit(limit)
    .execute()
}

export type ListedWord = {
  shopId: ListOwner
  word: string
  tier: WordTier
  scenes: readonly WordScene[]
}

/** Every word of these lists. */
export async function wordsOf(db: Db, owners: readonly ListOwner[]): Promise<ListedWord[]> {
  const shopIds = owners.filter(owner => owner !== null)
  const { rows } = await sql<ListedWord>`
    select shop_id as "shopId", word, tier, scenes from wordlist_word
    where shop_id = any(${shopIds}::uuid[]) or (shop_id is null and ${owners.includes(null)})`.execute(
    db,
  )
  return rows
}
