import type {
  CheckedText,
  Word,
  WordScene,
  WordsSet,
  WordsToSet,
  WordTier,
} from '@kaibo/contract/show/wordlist'
import { api } from '@kaibo/ui/data/api.tsx'
import type { QueryKey } from '@tanstack/react-query'

type Asked = {
  q?: string
  tier?: WordTier
  scene?: WordScene
  cursor?: string
  limit: number
}

/** One word list: the platform's or a shop's. */
export type WordListOf = {
  id: 'words' | 'platformWords'
  key: QueryKey
  list: (asked: Asked) => Promise<{ items: Word[]; next: string | null }>
  put: (words: WordsToSet) => Promise<WordsSet>
  remove: (ids: string[]) => Promise<unknown>
  tryOut: (written: { text: string; scene: WordScene }) => Promise<CheckedText>
}

export const platformWordList: WordListOf = {
  id: 'platformWords',
  key: ['platform', 'words'],
  list: asked => api.platformWordList.list(asked),
  put: words => api.platformWordList.put(words),
  remove: ids => api.platformWordList.remove({ ids }),
  tryOut: written => api.platformWordList.tryOut(written),
}

export const shopWordList = (shopId: string): WordListOf => ({
  id: 'words',
  key: ['shop', shopId, 'words'],
  list: asked => api.wordlist.list({ shopId, ...asked }),
  put: words => api.wordlist.put({ shopId, ...words }),
  remove: ids => api.wordlist.remove({ shopId, ids }),
  tryOut: written => api.wordlist.tryOut({ shopId, ...written }),
})
