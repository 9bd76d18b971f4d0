import { isId } from '@kaibo/kernel/ids'
import { ConfigError } from '../../config.ts'

/** How large the crowd is, how long it stays, and what all of it together does in a minute. */
export type CrowdOptions = {
  readonly peopleCount: number
  readonly durationMs: number
  readonly perMin: { readonly [A in CrowdAct]: number }
  /** The room; undefined = the first one of the feed. */
  readonly liveId: string | undefined
  /** Where the crowd calls; undefined = the server of this installation. */
  readonly url: string | undefined
  readonly wantsJson: boolean
  readonly mayInProduction: boolean
}

export const crowdActs = ['chat', 'ask', 'like', 'buy'] as const
export type CrowdAct = (typeof crowdActs)[number]

const ranges = {
  people: { fallback: 20, min: 1, max: 2_000 },
  minutes: { fallback: 1, min: 0.05, max: 120 },
  'chat-per-min': { fallback: 30, min: 0, max: 6_000 },
  'ask-per-min': { fallback: 3, min: 0, max: 600 },
  'like-per-min': { fallback: 60, min: 0, max: 6_000 },
  'buy-per-min': { fallback: 3, min: 0, max: 600 },
} as const
type NumberName = keyof typeof ranges

const texts = ['room', 'url'] as const
const flags = ['json', 'in-production'] as const

export const crowdUsage = `kaibo crowd [--room <id>] [--people 20] [--minutes 1] [--chat-per-min 30]
  [--ask-per-min 3] [--like-per-min 60] [--buy-per-min 3] [--url <origin>] [--json] [--in-production]`

/** Reads `--name value` and `--flag`. Throws {@link ConfigError} with one clear sentence. */
export function readCrowdOptions(args: readonly string[]): CrowdOptions {
  const given = new Map<string, string>()
  for (let at = 0; at < args.length; at++) {
    const name = (args[at] ?? '').replace(/^--/, '')
    const isFlag = flags.some(flag => flag === name)
    const isKnown = isFlag || name in ranges || texts.some(text => text === name)
    if (!isKnown || !args[at]?.startsWith('--')) throw new ConfigError(`Usage: ${crowdUsage}`)
    given.set(name, isFlag ? '' : (args[++at] ?? ''))
  }
  const number = (name: NumberName) => numberOf(name, given.get(name))
  const liveId = given.get('room')
  if (liveId !== undefined && !isId(liveId))
    throw new ConfigError('--room must be the id of a room.')
  const url = given.get('url')
  if (url !== undefined && !URL.canParse(url)) throw new ConfigError('--url must be an address.')
  return {
    peopleCount: Math.round(number('people')),
    durationMs: number('minutes') * 60_000,
    perMin: {
      chat: number('chat-per-min'),
      ask: number('ask-per-min'),
      like: number('like-per-min'),
      buy: number('buy-per-min'),
    },
    liveId,
    url: url && new URL(url).origin,
    wantsJson: given.has('json'),
    mayInProduction: given.has('in-production'),
  }
}

function numberOf(name: NumberName, text: string | undefined): number {
  const { fallback, min, max } = ranges[name]
  const value = text === undefined ? fallback : Number(text)
  if (text !== '' && value >= min && value <= max) return value
  throw new ConfigError(`--${name} must be a number from ${min} to ${max}, but is "${text}".`)
}
