import { ConfigError, days, plain, type Setting, word } from './kinds.ts'

const serviceUrl = (doc: string): Setting<string> => ({
  fallback: '',
  doc,
  parse: (text, name) => {
    if (text === '') return ''
    const url = URL.canParse(text) ? new URL(text) : null
    if (url && /^https?:$/.test(url.protocol) && url.username === '') return url.href
    throw new ConfigError(`${name} must be an http(s) address without a password.`)
  },
})

/** Who looks at pictures of rooms before people do, and how long evidence is kept. */
export const reviewSettings = {
  KAIBO_IMAGE_REVIEW: word(
    ['plain', 'http', 'none'],
    'plain',
    'Who looks at pictures of rooms before people do. plain = rules that find black and still pictures and QR codes, and know nothing else; http = a service of yours.',
  ),
  KAIBO_IMAGE_REVIEW_URL: serviceUrl(
    'KAIBO_IMAGE_REVIEW=http: where pictures are posted to, see providers/image-http.',
  ),
  KAIBO_IMAGE_REVIEW_TOKEN: plain(
    '',
    'KAIBO_IMAGE_REVIEW=http: bearer token of that service. Empty = it asks for none.',
  ),
  KAIBO_EVIDENCE_DAYS: days(
    '1095',
    'How long pictures and context of a verdict against a room are kept; the verdict itself stays.',
    { min: 60, max: 3_650 },
  ),
} as const

type ReviewFacts = { KAIBO_IMAGE_REVIEW: string; KAIBO_IMAGE_REVIEW_URL: string }

/** Throws {@link ConfigError} when a service is wanted that has no address. */
export function requireReviewSettings(config: ReviewFacts): void {
  if (config.KAIBO_IMAGE_REVIEW === 'http' && config.KAIBO_IMAGE_REVIEW_URL === '')
    throw new ConfigError('KAIBO_IMAGE_REVIEW=http needs KAIBO_IMAGE_REVIEW_URL.')
}
