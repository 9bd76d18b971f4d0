import { errors } from '@kaibo/kernel/fail'
import { type Static, type TSchema, Type } from 'typebox'
import {
  ByShop,
  Done,
  Id,
  Instant,
  named,
  nullable,
  object,
  oneOf,
  pageOf,
  pageQuery,
  text,
} from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'
import { Person } from '../people/account.ts'

/**
 * What becomes of a text with such a word, mildest first: allow = always fine, and beats what it
 * covers · mask = shown with stars · review = a person looks first · block = refused.
 */
export const wordTiers = ['allow', 'mask', 'review', 'block'] as const
export type WordTier = (typeof wordTiers)[number]

/** Where people write: comments, nicknames, titles of rooms, texts of goods, reviews, captions. */
export const wordScenes = ['chat', 'nick', 'title', 'product', 'review', 'caption'] as const
export type WordScene = (typeof wordScenes)[number]

const wordVerdicts = ['pass', 'mask', 'review', 'block'] as const

/** How a hit was found: as written · by its sound · by the look of its signs · as a link · as contact details. */
const hitKinds = ['word', 'sound', 'look', 'link', 'contact'] as const

export const platformWordsMax = 20_000
export const shopWordsMax = 2_000
export const wordLengthMax = 40
/** Words that one call sets or removes. */
export const wordsPerCallMax = 500
export const triedTextMax = 2_000

const Tier = oneOf(wordTiers)
const Scenes = Type.Array(oneOf(wordScenes), {
  maxItems: wordScenes.length,
  uniqueItems: true,
})

export const Word = named('Word', {
  id: Id,
  word: Type.String(),
  tier: Tier,
  /** Where it counts; none = everywhere. */
  scenes: Scenes,
  note: Type.String(),
  /** Who set it last; null for words that came with the installation. */
  setBy: nullable(Person),
  setAt: Instant,
})
export type Word = Static<typeof Word>

export const WordsToSet = object({
  words: Type.Array(text(1, wordLengthMax), { minItems: 1, maxItems: wordsPerCallMax }),
  tier: Tier,
  scenes: Scenes,
  note: text(0, 100),
})
export type WordsToSet = Static<typeof WordsToSet>

export const WordsSet = named('WordsSet', {
  addedCount: Type.Integer(),
  changedCount: Type.Integer(),
  /** Not taken: they would hit too much. Two Chinese characters or three letters are the least. */
  tooShort: Type.Array(Type.String()),
})
export type WordsSet = Static<typeof WordsSet>

export const CheckedText = named('CheckedText', {
  verdict: oneOf(wordVerdicts),
  /** The text as others may see it: masked words are stars, everything else is as it was. */
  masked: Type.String(),
  /** Where in the text, in UTF-16 units. */
  hits: Type.Array(
    object({
      from: Type.Integer(),
      to: Type.Integer(),
      word: Type.String(),
      tier: oneOf(['mask', 'review', 'block']),
      list: oneOf(['platform', 'shop', 'rules']),
      kind: oneOf(hitKinds),
    }),
  ),
})
export type CheckedText = Static<typeof CheckedText>

export const wordListErrors = errors({
  'wordlist.refused': [
    422,
    'Some words in this text are not allowed here. Please write it differently.',
    '内容包含不允许的词语，请修改后再试',
  ],
  'wordlist.too_many': [409, 'The list is full.', '词库已满'],
})

type Owner =
  | { can: 'platform.manage'; scope: 'platform' }
  | { can: 'wordlist.manage'; scope: 'shop' }

/** The four endpoints of one list: the platform has one, and each shop. */
const verbsOf = <const P extends Record<string, TSchema>>(
  path: string,
  params: P,
  owner: Owner,
) => {
  const reading = { ...owner, rate: 'read', idempotency: 'safe', audit: 'none' } as const
  const writing = { ...owner, rate: 'write', idempotency: 'natural', audit: 'write' } as const
  return {
    list: endpoint({
      ...reading,
      method: 'GET',
      path,
      summary: 'Words of the list, set last first; q is looked for in words and notes',
      params: object(params),
      query: object({
        ...pageQuery,
        q: Type.Optional(text(0, wordLengthMax)),
        tier: Type.Optional(Tier),
        scene: Type.Optional(oneOf(wordScenes)),
      }),
      reply: pageOf(Word),
      errors: [],
    }),
    put: endpoint({
      ...writing,
      method: 'PUT',
      path,
      summary: 'Set words: new ones are added, known ones get this tier, these scenes, this note',
      params: object(params),
      body: WordsToSet,
      reply: WordsSet,
      errors: ['wordlist.too_many'],
    }),
    remove: endpoint({
      ...writing,
      method: 'POST',
      path: `${path}/removals`,
      summary: 'Remove words; those that are gone already are passed over',
      params: object(params),
      body: object({ ids: Type.Array(Id, { minItems: 1, maxItems: wordsPerCallMax }) }),
      reply: Done,
      errors: [],
    }),
    tryOut: endpoint({
      ...reading,
      method: 'POST',
      path: `${path}/try`,
      summary: 'What would become of a text, and why; nothing is stored',
      params: object(params),
      body: object({ text: text(1, triedTextMax), scene: oneOf(wordScenes) }),
      reply: CheckedText,
      errors: [],
    }),
  }
}

/** Words of one shop: they count in its rooms and for its goods, on top of the platform's. */
export const wordListApi = verbsOf('/shops/:shopId/words', ByShop.properties, {
  can: 'wordlist.manage',
  scope: 'shop',
})

/** Words of the platform: they count everywhere. */
export const platformWordListApi = verbsOf(
  '/platform/words',
  {},
  {
    can: 'platform.manage',
    scope: 'platform',
  },
)
