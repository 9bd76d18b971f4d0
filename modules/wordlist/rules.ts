import type { WordScene } from '@kaibo/contract/show/wordlist'
import type { Severity } from '@kaibo/wordguard/check'
import { isTooShort, keyOf } from '@kaibo/wordguard/skeleton'

const looked = { link: 'review', contact: 'review' } as const
const refused = { link: 'block', contact: 'block' } as const

/** What becomes of links and contact details: a name or a title has no good use for them. */
export const lureTiers: Readonly<
  Record<WordScene, Readonly<Record<'link' | 'contact', Severity>>>
> = {
  chat: looked,
  nick: refused,
  title: refused,
  product: looked,
  review: looked,
  caption: looked,
}

/** The words that can be listed, each once however it is spelt, and those that would hit too much. */
export function takeWords(words: readonly string[]) {
  const trimmed = words.map(word => word.trim()).filter(word => word !== '')
  const tooShort = [...new Set(trimmed.filter(isTooShort))]
  const byKey = new Map(trimmed.filter(word => !isTooShort(word)).map(word => [keyOf(word), word]))
  return { taken: [...byKey].map(([key, word]) => ({ key, word })), tooShort }
}
