import { pinyin } from 'pinyin-pro'
import { gapsOf, isInside, type Skeleton, type Stretch } from './skeleton.ts'

/** How a skeleton sounds: pinyin without tones for Chinese characters, other letters as they are. */
export type Sound = {
  readonly letters: string
  /** For each unit of the skeleton: where its letters begin; one more at the end. */
  readonly begins: readonly number[]
}

const syllables = new Map<string, string>()

/** One reading per character, the usual one: the same for words and for texts. */
function syllableOf(character: string): string {
  const kept = syllables.get(character)
  if (kept !== undefined) return kept
  const [syllable] = pinyin(character, { toneType: 'none', type: 'array' })
  const sound = (syllable ?? character).replaceAll('ü', 'v')
  // At most one entry for each character of the basic plane.
  syllables.set(character, sound)
  return sound
}

const isHan = (character: string): boolean => /\p{Script=Han}/u.test(character)

export function soundOf(text: string): Sound {
  let letters = ''
  const begins: number[] = []
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charAt(at)
    begins.push(letters.length)
    letters += unit >= '\u3400' && isHan(unit) ? syllableOf(unit) : unit
  }
  return { letters, begins: [...begins, letters.length] }
}

/** Characters that everybody writes: the first level of GB 2312. */
const common = new Set([
  ...new TextDecoder('gb18030').decode(
    Uint8Array.from(
      Array.from({ length: 0xd8 - 0xb0 }, (_, row) =>
        Array.from({ length: 94 }, (_, cell) => [0xb0 + row, 0xa1 + cell]),
      ).flat(2),
    ),
  ),
])

const isRare = (unit: string): boolean => isHan(unit) && !common.has(unit)

/** Words of one syllable sound like half of the language. */
const syllablesMin = 2
const hanHomophoneMin = 3
const latinLettersMin = 5
/** Longer texts have to look odd before they are listened to. */
const listenedMax = 80

/** Whether a text could hide a word behind its sound: letters among it, rare characters, or few in all. */
export const isWorthListening = (text: string): boolean =>
  text.length <= listenedMax || /[a-z]/.test(text) || [...text].some(isRare)

/** The sound by which a word is looked for; undefined for words without enough Chinese in them. */
export function soundKeyOf(key: string): string | undefined {
  return [...key].filter(isHan).length < syllablesMin ? undefined : soundOf(key).letters
}

/**
 * Whether a stretch that sounds like `key` may be meant to be it. Ordinary words sound alike all the
 * time, so: letters in it must be whole words of letters that end where syllables end, and two
 * Chinese characters alone must have a rare one among them.
 */
export function isMeantSound(skeleton: Skeleton, stretch: Stretch, key: string): boolean {
  const written = skeleton.text.slice(stretch.from, stretch.to)
  if (written === key || isInside(skeleton, stretch)) return false
  const hanCount = [...written].filter(isHan).length
  if (hanCount === written.length) return hanCount >= hanHomophoneMin || [...written].some(isRare)
  if (hanCount === 0 && written.length < latinLettersMin) return false
  const cuts = new Set(soundOf(key).begins)
  const sound = soundOf(written)
  return gapsOf(skeleton, stretch).every(gap => cuts.has(sound.begins[gap.after] ?? 0))
}
