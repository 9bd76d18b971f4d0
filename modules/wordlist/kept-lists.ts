import type { Database, Listening } from '@kaibo/db/database'
import { type Log, reasonOf, silentLog } from '@kaibo/db/log'
import { compileWords, type WordSet } from '@kaibo/wordguard/word-set'
import * as store from './store.ts'

const pollMs = 1_000
const listsPerRead = 200
/** Compiled lists kept at once; the words of all lists are always there. */
const compiledMax = 500

export type KeptLists = {
  /** The words of a list, ready to be looked for; empty for a list that nobody made. */
  wordsOf(owner: store.ListOwner): WordSet
  /** Takes over what changed since the last time. */
  refresh(): Promise<void>
  /** Reads every list, then follows changes until {@link KeptLists.stop}. */
  start(): Promise<void>
  stop(): Promise<void>
}

const noWords = compileWords([])

/**
 * Every list in the memory of this process, because texts are judged without waiting. A change
 * arrives with a notification, or with the next poll when that was lost.
 */
export function createKeptLists({
  database,
  ownHosts = [],
  log = silentLog,
}: KeptListsNeeds): KeptLists {
  const own = ownHosts.map(word => ({ word, tier: 'allow' as const, scenes: [] }))
  const words = new Map<store.ListOwner, readonly store.ListedWord[]>()
  const compiled = new Map<store.ListOwner, WordSet>()
  let seenVersion = 0
  let turn = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let listening: Listening | undefined

  const readChanges = async (): Promise<void> => {
    const changed = await store.listsAfter(database.db, seenVersion, listsPerRead)
    const last = changed.at(-1)
    if (!last) return
    const owners = changed.map(({ shopId }) => shopId)
    const byOwner = Map.groupBy(await store.wordsOf(database.db, owners), word => word.shopId)
    for (const owner of owners) {
      words.set(owner, byOwner.get(owner) ?? [])
      compiled.delete(owner)
    }
    seenVersion = last.version
    await readChanges()
  }
  // One after the other: a slow read must not put old words over new ones.
  const refresh = (): Promise<void> => {
    const next = turn.then(readChanges)
    turn = next.catch(() => {})
    return next
  }
  const follow = () => {
    refresh().catch(error => log.warn({ reason: reasonOf(error) }, 'word lists could not be read'))
  }

  return {
    refresh,
    wordsOf(owner) {
      const listed = words.get(owner)
      if (!listed) return noWords
      const ready = compiled.get(owner) ?? compileWords(owner ? listed : [...listed, ...own])
      // Used last = forgotten last; that of the platform is used by every text.
      compiled.delete(owner)
      compiled.set(owner, ready)
      const [oldest] = compiled.keys()
      if (compiled.size > compiledMax && oldest !== undefined) compiled.delete(oldest)
      return ready
    },
    async start() {
      await refresh()
      listening = database.listen(store.changedChannel, follow)
      timer = setInterval(follow, pollMs).unref()
    },
    async stop() {
      clearInterval(timer)
      await listening?.close()
      await turn
    },
  }
}

export type KeptListsNeeds = {
  database: Database
  /** Where people reach us, `shop.example:8080`: links to there are fine. */
  ownHosts?: readonly string[]
  log?: Log
}
