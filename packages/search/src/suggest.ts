import { normalise, runsOf } from './normalise.ts'
import { foldSound } from './sound.ts'

/** Beginnings to look for while somebody types: of words, of sounds, of initials. */
export type Beginnings = {
  readonly word: string
  readonly sound: string | null
  readonly initials: string | null
}

/** What is being typed, or null when there is nothing to go by. */
export function beginningsOf(text: string): Beginnings | null {
  const runs = runsOf(normalise(text.slice(0, typedMax)))
  const word = runs.map(run => run.text).join('')
  if (word === '') return null
  const isLatin = runs.every(run => run.script === 'latin')
  return {
    word,
    sound: isLatin && word.length > 1 ? foldSound(word) : null,
    initials: isLatin ? word : null,
  }
}

const typedMax = 30
