import { keyOf } from './skeleton.ts'

/**
 * What stays of a text for somebody who has read it before: not its spaces, signs and emoji, not how
 * often a key was held, not a number counted up at its end. Two texts of one gist are a repeat. A
 * text of emoji alone is its own gist.
 */
export function gistOf(text: string): string {
  const key = keyOf(text)
  const gist = key.replace(/\p{N}+$/u, '').replace(/(.{1,20}?)\1+/gsu, '$1')
  return gist || key || text.trim()
}
