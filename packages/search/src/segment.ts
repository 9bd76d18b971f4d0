import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'
import { commerceWords } from './dictionary.ts'
import { normalise, runsOf } from './normalise.ts'

let jieba: Jieba | undefined

/** The dictionary takes a quarter of a second and 60 MB, so only those who write an index load it. */
function loaded(): Jieba {
  if (!jieba) {
    jieba = Jieba.withDict(dict)
    jieba.loadDict(Buffer.from(commerceWords().map(dictionaryLine).join('')))
  }
  return jieba
}

/** Words of shops are frequent, so that they win over what they are made of. */
const dictionaryLine = (word: string) => `${word} 20000\n`

/**
 * The words of a text, long words with the shorter words inside them, each once: `运动鞋` is `运动`, `运动鞋`.
 * Letters and digits written together count as parts and as a whole: `a4` is `a4`, `a`, `4`.
 */
export function wordsOf(text: string): string[] {
  const normal = normalise(text)
  const words = runsOf(normal).flatMap(run =>
    run.script === 'han' ? loaded().cutForSearch(run.text, true) : [run.text],
  )
  const wholes = normal.match(/[a-z\d]+/g) ?? []
  return [...new Set([...words, ...wholes])].filter(word => word.length <= wordMax)
}

/** Longer ones are noise: no shopper types them. */
export const wordMax = 24

/** Pairs of neighbouring characters: what finds a word that no dictionary has. */
export function bigramsOf(text: string): string[] {
  const pairs = runsOf(normalise(text)).flatMap(run =>
    run.script === 'han'
      ? Array.from({ length: run.text.length - 1 }, (_, at) => run.text.slice(at, at + 2))
      : [],
  )
  return [...new Set(pairs)]
}
