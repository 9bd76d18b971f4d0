import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import {
  type CheckedText,
  platformWordsMax,
  shopWordsMax,
  type Word,
  type WordScene,
  type WordsSet,
  type WordsToSet,
} from '@kaibo/contract/show/wordlist'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import type { Account } from '@kaibo/modules/account'
import { check } from '@kaibo/wordguard/check'
import type { KeptLists, KeptListsNeeds } from './kept-lists.ts'
import { lureTiers, takeWords } from './rules.ts'
import * as store from './store.ts'

export type WordListNeeds = KeptListsNeeds & { account: Pick<Account, 'peopleByIds'> }

/** A text that somebody wants others to see; `shopId` null where no shop is the host of it. */
export type WrittenText = { text: string; scene: WordScene; shopId: Id | null }

type Parts = WordListNeeds & { lists: KeptLists }

/** What becomes of a text, by the lists in memory. */
export function checkText(lists: KeptLists, { text, scene, shopId }: WrittenText): CheckedText {
  const platform = { name: 'platform', words: lists.wordsOf(null) } as const
  const shop = { name: 'shop', words: lists.wordsOf(shopId) } as const
  return check({
    text,
    scene,
    lists: shopId === null ? [platform] : [platform, shop],
    lures: lureTiers[scene],
  })
}

/** Throws `wordlist.refused` with what was found. What would be starred is refused: nobody wants stars in a name. */
export function requireFit(lists: KeptLists, written: WrittenText): void {
  const { hits } = checkText(lists, written)
  const refused = hits.filter(({ tier }) => tier !== 'review')
  if (refused.length === 0) return
  throw fail('wordlist.refused', {
    scene: written.scene,
    found: refused.map(({ from, to }) => written.text.slice(from, to)),
  })
}

/** Words of a list, those set last first. */
export async function list(
  { database: { db }, account }: Parts,
  owner: store.ListOwner,
  query: store.WordFilter & PageQuery,
): Promise<Page<Word>> {
  const { items, next } = await store.pageOfWords(db, owner, query)
  const people = await account.peopleByIds(db, [...new Set(items.flatMap(row => row.setBy ?? []))])
  return {
    next,
    items: items.map(({ setBy, setAt, ...row }) => ({
      ...row,
      setBy: setBy === null ? null : (people.get(setBy) ?? null),
      setAt: setAt.toISOString(),
    })),
  }
}

/** Sets words; what is too short is left out and told. Throws `wordlist.too_many`. */
export async function put(
  { database, lists }: Parts,
  actor: Actor,
  { owner, words, ...all }: WordsToSet & { owner: store.ListOwner },
): Promise<WordsSet> {
  const { taken, tooShort } = takeWords(words)
  const setBy = actor.kind === 'user' ? actor.userId : null
  const addedCount = await database.tx(async tx => {
    if (taken.length === 0) return 0
    await store.lockLists(tx)
    const newCount = await store.upsertWords(tx, { ...all, owner, words: taken, setBy })
    const wordsMax = owner === null ? platformWordsMax : shopWordsMax
    if ((await store.countOf(tx, owner)) > wordsMax) throw fail('wordlist.too_many', { wordsMax })
    await store.markChanged(tx, owner)
    return newCount
  })
  await lists.refresh()
  return { addedCount, changedCount: taken.length - addedCount, tooShort }
}

/** Removes words; those of other lists and those gone already are passed over. */
export async function remove(
  { database, lists }: Parts,
  owner: store.ListOwner,
  ids: readonly Id[],
): Promise<{ ok: true }> {
  await database.tx(async tx => {
    await store.lockLists(tx)
    if ((await store.deleteWords(tx, owner, ids)) > 0) await store.markChanged(tx, owner)
  })
  await lists.refresh()
  return { ok: true }
}
