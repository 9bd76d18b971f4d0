import type { Database } from '@kaibo/db/database'
import type { Group } from '@kaibo/search/query'
import { addQueries } from './word-store.ts'

/** Counts what is looked for, without knowing who does. */
export type QueryCounter = {
  count(groups: readonly Group[]): void
  /** Writes what has been counted since the last time. */
  flush(database: Database): Promise<void>
}

const wordsMax = 5_000

/**
 * Only queries whose every word is in the catalogue are counted, as the catalogue spells them: a name,
 * a number or an address that somebody types by mistake is never kept, so it can never be suggested.
 */
export function createQueryCounter(): QueryCounter {
  let counts = new Map<string, number>()
  return {
    count(groups) {
      if (groups.length === 0 || !groups.every(isCatalogued)) return
      const words = groups.map(group => group.words[0]).join(' ')
      if (counts.size < wordsMax || counts.has(words)) {
        counts.set(words, (counts.get(words) ?? 0) + 1)
      }
    },
    async flush(database) {
      if (counts.size === 0) return
      const taken = counts
      counts = new Map()
      await database.tx(tx => addQueries(tx, taken))
    },
  }
}

const isCatalogued = ({ words }: Group) => words.length > 0 && !/^\d/.test(words[0] ?? '')
