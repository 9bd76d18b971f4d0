import type { Folded } from './fold.ts'
import { withHalvesJoined, withLettersRead } from './look.ts'
import { fitOf, originOf, type Skeleton, type Stretch, skeletonOf } from './skeleton.ts'
import { isMeantSound, isWorthListening, type Sound, soundOf } from './sound.ts'
import type { GuardWord, Tier, WordSet } from './word-set.ts'

/** A word in a text, and the place of it in the original. */
export type Found = Stretch & {
  readonly word: string
  readonly tier: Tier
  readonly kind: 'word' | 'sound' | 'look'
}

/** A text made ready to be searched for words of several sets. */
export type Readings = {
  readonly written: Skeleton
  /** As it reads with halves of characters joined, or digits taken for letters. */
  readonly looks: readonly Skeleton[]
  readonly sound: Sound | undefined
}

export function readingsOf(folded: Folded): Readings {
  const written = skeletonOf(folded)
  const looks = [withHalvesJoined(written), withLettersRead(written)]
  return {
    written,
    looks: looks.filter(look => look !== undefined),
    sound: isWorthListening(written.text) ? soundOf(written.text) : undefined,
  }
}

/** Words of a set that count in a scene. What may be an accident is at most for review. */
export function findWords(
  { written, looks, sound }: Readings,
  set: WordSet,
  scene: string,
): Found[] {
  const found: Found[] = []
  const add = (words: readonly GuardWord[], place: Stretch, kind: Kind) => {
    for (const { word, tier, scenes } of words) {
      if (scenes.length > 0 && !scenes.includes(scene)) continue
      if (kind === 'word') found.push({ ...place, word, tier, kind })
      else if (tier !== 'allow') found.push({ ...place, word, ...doubted(tier, kind) })
    }
  }
  scanSkeleton(written, set, add)
  for (const look of looks) scanSkeleton(look, set, (words, place) => add(words, place, 'look'))
  if (sound) scanSound({ written, sound }, set, add)
  return found
}

/** split = a word whose parts may be words of their own. */
type Kind = Found['kind'] | 'split'
type Add = (words: readonly GuardWord[], place: Stretch, kind: Kind) => void

const doubted = (tier: Tier, kind: Exclude<Kind, 'word'>) => ({
  tier: tier === 'block' ? ('review' as const) : tier,
  kind: kind === 'split' ? ('word' as const) : kind,
})

function scanSkeleton(skeleton: Skeleton, { entries, spelt }: WordSet, add: Add): void {
  spelt.scan(skeleton.text, (index, to) => {
    const entry = entries[index]
    if (!entry) return
    const stretch = { from: to - entry.key.length, to }
    for (const word of entry.words) {
      const fit = fitOf(skeleton, stretch, word.word)
      if (fit !== 'part')
        add([word], originOf(skeleton, stretch), fit === 'whole' ? 'word' : 'split')
    }
  })
}

type Heard = { written: Skeleton; sound: Sound }

function scanSound(
  { written, sound }: Heard,
  { sounds, soundLengths, sounded }: WordSet,
  add: Add,
) {
  sounded.scan(sound.letters, (index, end) => {
    const from = sound.begins.indexOf(end - (soundLengths[index] ?? 0))
    const to = sound.begins.indexOf(end)
    if (from < 0 || to < 0) return
    for (const { key, words } of sounds[index] ?? []) {
      if (isMeantSound(written, { from, to }, key))
        add(words, originOf(written, { from, to }), 'sound')
    }
  })
}
